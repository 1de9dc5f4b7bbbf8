//! Which value counts when several say one: those of a chart, of its parents, of the user
//! (`pkg/chart/common/util/coalesce.go` of Helm).
//!
//! The one quirk that everybody depends on: `null` deletes the value of the chart.

use super::setting::{Data, Setting, Table};
use crate::format::helm::dependency::Member;

/// What a table of globals is called.
pub(in crate::format::helm) const GLOBAL: &str = "global";

/// Whether `null` deletes, or is kept for a later round that deletes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format::helm) enum Nulls {
    Delete,
    Keep,
}

/// A chart and one of its values that cannot be what its subchart needs.
#[derive(Debug, Clone)]
pub(in crate::format::helm) struct Mismatch {
    pub(in crate::format::helm) chart: String,
    pub(in crate::format::helm) setting: Setting,
}

/// All values of a chart and its subcharts: `values` over those of the charts.
///
/// # Errors
/// Values for a subchart that are no table.
pub(in crate::format::helm) fn values(chart: &Member<'_>, values: &Table, nulls: Nulls) -> Result<Table, Mismatch> {
    let values = values.copied();
    whole(chart, &values, nulls)?;
    Ok(values)
}

fn whole(chart: &Member<'_>, values: &Table, nulls: Nulls) -> Result<(), Mismatch> {
    own(chart, values, nulls);
    for subchart in &chart.members {
        let name = subchart.name.as_str();
        let below = match values.get(name) {
            None => {
                let below = Table::default();
                values.insert(name, below.clone());
                below
            }
            Some(Setting { data: Data::Table(below), .. }) => below,
            Some(setting) => return Err(Mismatch { chart: name.to_owned(), setting }),
        };
        globals(&below, values);
        whole(subchart, &below, nulls)?;
    }
    Ok(())
}

/// The values of the chart itself below `values`.
fn own(chart: &Member<'_>, values: &Table, nulls: Nulls) {
    let defaults = chart.values.copied();
    for (key, default) in defaults.entries().iter() {
        let Some(set) = values.get(key) else {
            match &default.data {
                Data::Null if nulls == Nulls::Delete => continue,
                Data::Table(table) if nulls == Nulls::Delete => without_nulls(table),
                _ => {}
            }
            values.insert(key.clone(), default.clone());
            continue;
        };
        match (&set.data, &default.data) {
            (Data::Null, _) if nulls == Nulls::Delete => values.remove(key),
            (Data::Table(set), Data::Table(default)) => {
                // What belongs to a subchart is looked at again with it.
                let of_subchart = chart.members.iter().any(|subchart| subchart.name == *key);
                let nulls = if of_subchart { Nulls::Keep } else { nulls };
                if nulls == Nulls::Delete {
                    without_nulls(default);
                }
                tables(set, default, nulls);
            }
            _ => {}
        }
    }
}

/// Adds to `set` what only `defaults` says, and gives it back. The tables of `defaults` become those of `set`.
pub(in crate::format::helm) fn tables(set: &Table, defaults: &Table, nulls: Nulls) {
    if set.is(defaults) {
        return;
    }
    // A `null` where nothing was said before is kept, one that replaces something deletes it.
    let said: Vec<_> = defaults.entries().iter().map(|(key, default)| (key.clone(), default.clone())).collect();
    let nothing: Vec<_> = set.entries().iter().filter(|(_, set)| set.is_null()).map(|(key, _)| key.clone()).collect();
    for key in nothing {
        defaults.insert(key, Setting::new(Data::Null, None));
    }
    for (key, default) in said {
        let Some(value) = set.get(&key) else {
            set.insert(key, default);
            continue;
        };
        match (&value.data, &default.data) {
            (Data::Null, default) if nulls == Nulls::Delete && !matches!(default, Data::Null) => set.remove(&key),
            (Data::Table(set), Data::Table(defaults)) => tables(set, defaults, nulls),
            _ => {}
        }
    }
}

/// Gives the globals of a chart to a subchart; those of the chart win.
fn globals(subchart: &Table, chart: &Table) {
    let table = |values: &Table| match values.get(GLOBAL) {
        None => Some(Table::default()),
        Some(setting) => setting.table().cloned(),
    };
    let (Some(below), Some(above)) = (table(subchart), table(chart)) else { return };
    let said: Vec<_> = above.entries().iter().map(|(key, setting)| (key.clone(), setting.clone())).collect();
    for (key, setting) in said {
        let there = below.get(&key);
        let Data::Table(table) = &setting.data else {
            if there.is_none_or(|there| there.table().is_none()) {
                below.insert(key, setting);
            }
            continue;
        };
        // Its own tables are not copied: what subcharts add to them, their parents and neighbours see.
        let mixed = table.copied_shallow();
        match there {
            None => {}
            Some(Setting { data: Data::Table(there), .. }) => tables(&mixed, &there, Nulls::Keep),
            Some(_) => continue,
        }
        below.insert(key, Setting::new(Data::Table(mixed), setting.place.clone()));
    }
    subchart.insert(GLOBAL, below);
}

/// Deletes every `null` at any depth (not in lists).
pub(in crate::format::helm) fn without_nulls(table: &Table) {
    table.entries_mut().retain(|_, setting| {
        if let Data::Table(table) = &setting.data {
            without_nulls(table);
        }
        !setting.is_null()
    });
}
