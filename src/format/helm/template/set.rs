//! Templates by their names.

use std::{collections::HashMap, rc::Rc, sync::Arc};

use super::{
    Error,
    ast::{self, Template},
    parser::{self, Find},
};
use crate::document::{Source, Text};

/// The named templates that see each other: those of all files of a chart and its subcharts.
#[derive(Debug, Clone)]
pub struct Set {
    find: Find,
    own: HashMap<Text, Rc<Template>>,
    /// `tpl` sees the templates around it, and its own are seen by nobody else.
    outer: Option<Rc<Set>>,
}

impl Set {
    /// An empty set of templates that can call the functions that `find` knows.
    pub fn new(find: Find) -> Set {
        Set { find, own: HashMap::new(), outer: None }
    }

    /// Adds a file and the templates that it defines. What was defined before is replaced, if not by nothing but space:
    /// the order of [`order`] is Helm's.
    ///
    /// # Errors
    /// The first mistake in the text.
    pub fn parse(&mut self, name: &str, source: &Arc<Source>) -> Result<(), Box<Error>> {
        for template in parser::parse(&name.into(), source, self.find)? {
            self.add(template);
        }
        Ok(())
    }

    pub fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub(super) fn get(&self, name: &str) -> Option<&Rc<Template>> {
        let mut set = self;
        loop {
            match (set.own.get(name), &set.outer) {
                (None, Some(outer)) => set = outer,
                (found, _) => return found,
            }
        }
    }

    fn add(&mut self, template: Template) {
        let is_empty = ast::is_empty(&template.body, &template.source);
        if !is_empty || !self.contains(&template.name) {
            self.own.insert(template.name.clone(), Rc::new(template));
        }
    }

    /// The templates of `source` in a set of their own around which this one lies, and the text itself as a template.
    pub(super) fn inner(self: &Rc<Set>, name: &Text, source: &Arc<Source>) -> Result<Inner, Box<Error>> {
        let mut set = Set { find: self.find, own: HashMap::new(), outer: Some(self.clone()) };
        let mut main = Template { name: name.clone(), source: source.clone(), body: Vec::new() };
        for template in parser::parse(name, source, self.find)? {
            if template.name == *name {
                main = template;
            } else {
                set.add(template);
            }
        }
        let main = Rc::new(main);
        if !ast::is_empty(&main.body, source) {
            set.own.insert(name.clone(), main.clone());
        }
        Ok(Inner { set: Rc::new(set), main })
    }
}

/// What the text of a `tpl` is.
pub(super) struct Inner {
    pub set: Rc<Set>,
    pub main: Rc<Template>,
}

/// Sorts names of files into the order in which Helm reads and renders them: the deepest first, and then backwards.
pub fn order<T>(files: &mut [T], name: impl Fn(&T) -> &str) {
    let depth = |file: &T| name(file).matches('/').count();
    files.sort_by(|a, b| (depth(b), name(b)).cmp(&(depth(a), name(a))));
}
