//! Values of charts, each of which remembers where it was set.
//!
//! Tables are shared, as Helm's maps are: what changes one changes all that hold it. Where Helm copies, [`Table::copied`]
//! does; where it forgets to (tables within globals), a chart can see its neighbour's values, and must here too.

use std::{
    cell::{Ref, RefCell, RefMut},
    collections::BTreeMap,
    rc::Rc,
    sync::Arc,
};

use crate::{
    document::{Node, Source, Text, Value},
    format::helm::Place,
};

/// A value and where it was set.
#[derive(Debug, Clone)]
pub(in crate::format::helm) struct Setting {
    pub(in crate::format::helm) data: Data,
    pub(in crate::format::helm) place: Option<Place>,
}

#[derive(Debug, Clone)]
pub(in crate::format::helm) enum Data {
    Null,
    Bool(bool),
    /// Whole numbers of `--set`.
    Int(i64),
    /// All other numbers: JSON knows only one kind.
    Float(f64),
    String(Text),
    List(Vec<Setting>),
    Table(Table),
}

/// What stands in a table.
pub(in crate::format::helm) type Entries = BTreeMap<Text, Setting>;

#[derive(Debug, Clone, Default)]
pub(in crate::format::helm) struct Table(Rc<RefCell<Entries>>);

impl Setting {
    pub(in crate::format::helm) fn new(data: Data, place: Option<Place>) -> Setting {
        Setting { data, place }
    }

    /// What a document says, as Go's decoder of JSON has it.
    pub(in crate::format::helm) fn of(node: &Node, source: &Arc<Source>) -> Setting {
        let data = match &node.value {
            Value::Null => Data::Null,
            Value::Bool(value) => Data::Bool(*value),
            Value::Number(number) => Data::Float(number.as_f64()),
            Value::String(text) => Data::String(text.clone()),
            Value::Sequence(items) => Data::List(items.iter().map(|item| Setting::of(item, source)).collect()),
            Value::Mapping(_) => Data::Table(Table::of(node, source)),
        };
        Setting::new(data, Some(Place { source: source.clone(), span: node.span }))
    }

    pub(in crate::format::helm) fn is_null(&self) -> bool {
        matches!(self.data, Data::Null)
    }

    pub(in crate::format::helm) fn table(&self) -> Option<&Table> {
        match &self.data {
            Data::Table(table) => Some(table),
            _ => None,
        }
    }

    /// A copy that shares nothing with this one.
    pub(in crate::format::helm) fn copied(&self) -> Setting {
        let data = match &self.data {
            Data::Table(table) => Data::Table(table.copied()),
            Data::List(items) => Data::List(items.iter().map(Setting::copied).collect()),
            data => data.clone(),
        };
        Setting { data, place: self.place.clone() }
    }

    /// What users call the value's type.
    pub(in crate::format::helm) fn type_name(&self) -> &'static str {
        match &self.data {
            Data::Null => "null",
            Data::Bool(_) => "boolean",
            Data::Int(_) => "integer",
            Data::Float(value) if value.fract() == 0.0 => "integer",
            Data::Float(_) => "number",
            Data::String(_) => "string",
            Data::List(_) => "list",
            Data::Table(_) => "object",
        }
    }
}

impl From<Table> for Setting {
    fn from(table: Table) -> Setting {
        Setting::new(Data::Table(table), None)
    }
}

impl Table {
    /// The entries of a mapping; none of everything else.
    pub(in crate::format::helm) fn of(node: &Node, source: &Arc<Source>) -> Table {
        let entry = |entry: &crate::document::Entry| (entry.key.clone(), Setting::of(&entry.value, source));
        node.entries().map(entry).collect()
    }

    pub(in crate::format::helm) fn entries(&self) -> Ref<'_, Entries> {
        self.0.borrow()
    }

    pub(in crate::format::helm) fn entries_mut(&self) -> RefMut<'_, Entries> {
        self.0.borrow_mut()
    }

    pub(in crate::format::helm) fn get(&self, key: &str) -> Option<Setting> {
        self.entries().get(key).cloned()
    }

    pub(in crate::format::helm) fn insert(&self, key: impl Into<Text>, setting: impl Into<Setting>) {
        self.entries_mut().insert(key.into(), setting.into());
    }

    pub(in crate::format::helm) fn remove(&self, key: &str) {
        self.entries_mut().remove(key);
    }

    pub(in crate::format::helm) fn is_empty(&self) -> bool {
        self.entries().is_empty()
    }

    /// Whether both are one: what changes one changes the other.
    pub(in crate::format::helm) fn is(&self, other: &Table) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// Tells tables apart as long as they live.
    pub(in crate::format::helm) fn identity(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }

    /// A copy that shares nothing with this one.
    pub(in crate::format::helm) fn copied(&self) -> Table {
        self.entries().iter().map(|(key, setting)| (key.clone(), setting.copied())).collect()
    }

    /// A copy whose tables are those of this one.
    pub(in crate::format::helm) fn copied_shallow(&self) -> Table {
        self.entries().clone().into_iter().collect()
    }

    /// The table behind names between dots.
    pub(in crate::format::helm) fn table(&self, path: &str) -> Option<Table> {
        path.split('.').try_fold(self.clone(), |table, name| table.get(name)?.table().cloned())
    }

    /// The value behind names between dots, if it is no table.
    pub(in crate::format::helm) fn value(&self, path: &str) -> Option<Setting> {
        let (table, name) = match path.rsplit_once('.') {
            Some((table, name)) => (self.table(table)?, name),
            None => (self.clone(), path),
        };
        table.get(name).filter(|setting| setting.table().is_none())
    }
}

impl FromIterator<(Text, Setting)> for Table {
    fn from_iter<I: IntoIterator<Item = (Text, Setting)>>(entries: I) -> Table {
        Table(Rc::new(RefCell::new(entries.into_iter().collect())))
    }
}
