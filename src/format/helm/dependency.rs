//! Which subcharts take part in a render, what they are called, and what they hand up to their parents
//! (`pkg/chart/v2/util/dependencies.go` of Helm).

use std::collections::BTreeSet;

use super::{
    Error,
    chart::{Chart, Dependency, Import},
    values::{
        self,
        coalesce::{self, Mismatch, Nulls},
        setting::{Data, Table},
    },
    version,
};
use crate::{
    document::Text,
    format::{Remark, Weight},
};

/// A chart that takes part in a render.
pub(super) struct Member<'a> {
    pub(super) chart: &'a Chart,
    /// Its alias, or the name of the chart.
    pub(super) name: Text,
    /// What it needs and gets. `None` for charts that say nothing about it.
    pub(super) dependencies: Option<Vec<Dependency>>,
    /// Its defaults, and what its subcharts handed up.
    pub(super) values: Table,
    pub(super) members: Vec<Member<'a>>,
}

impl<'a> Member<'a> {
    /// A chart with all that is in its `charts/`.
    fn of(chart: &'a Chart) -> Member<'a> {
        Member {
            chart,
            name: chart.name().into(),
            dependencies: chart.declares_dependencies().then(|| chart.metadata().dependencies.clone()),
            values: values::merged(&chart.defaults),
            members: chart.charts.iter().map(Member::of).collect(),
        }
    }
}

/// The charts that take part when users say `values`.
///
/// # Errors
/// Dependencies that are not there, values for subcharts that are no objects.
pub(super) fn members<'a>(chart: &'a Chart, values: &Table, remarks: &mut Vec<Remark>) -> Result<Member<'a>, Error> {
    missing(chart)?;
    let mut root = Member::of(chart);
    let mut process = Process { remarks };
    process.enable(&mut root, values, "")?;
    process.import_below(&mut root)?;
    Ok(root)
}

/// Every dependency must be there, whether it takes part or not.
fn missing(chart: &Chart) -> Result<(), Error> {
    let there: BTreeSet<&str> = chart.charts.iter().map(Chart::name).collect();
    let dependencies = &chart.metadata().dependencies;
    let missing: Vec<_> = dependencies.iter().filter(|one| !there.contains(one.name.as_str())).collect();
    let Some(first) = missing.first() else { return Ok(()) };
    let names = missing.iter().map(|one| one.name.clone()).collect();
    Err(Error::Dependencies { chart: chart.name().to_owned(), names, place: first.place.clone() })
}

struct Process<'r> {
    remarks: &'r mut Vec<Remark>,
}

impl Process<'_> {
    /// Gives the subcharts their aliases and leaves out those that conditions and tags disable.
    ///
    /// As in Helm, `values` are those of the root all the way down, with the defaults of each chart on the way put into
    /// them; `path` leads to what the chart's own are.
    fn enable(&mut self, chart: &mut Member<'_>, values: &Table, path: &str) -> Result<(), Error> {
        let Some(mut needs) = chart.dependencies.take() else { return Ok(()) };
        chart.members = called(std::mem::take(&mut chart.members), &mut needs);
        let values = coalesce::values(chart, values, Nulls::Delete)?;
        for need in &mut needs {
            need.enabled = true;
            self.by_tags(need, &values);
            self.by_condition(need, &values, path);
        }
        let disabled: BTreeSet<Text> =
            needs.iter().filter(|need| !need.enabled).map(|need| need.name.as_str().into()).collect();
        chart.members.retain(|member| !disabled.contains(&member.name));
        needs.retain(|need| !disabled.contains(need.name.as_str()));
        for member in &mut chart.members {
            let below = format!("{path}{}.", member.name);
            self.enable(member, &values, &below)?;
        }
        chart.dependencies = (!needs.is_empty()).then_some(needs);
        Ok(())
    }

    fn by_tags(&mut self, need: &mut Dependency, values: &Table) {
        let Some(tags) = values.table("tags") else { return };
        let mut said = Vec::new();
        for tag in &need.tags {
            match tags.get(tag).map(|setting| setting.data) {
                None => {}
                Some(Data::Bool(value)) => said.push(value),
                Some(_) => self.remark(need, format!("the tag `{tag}` of `{}` is not a boolean", need.name)),
            }
        }
        need.enabled = said.is_empty() || said.contains(&true);
    }

    /// The first condition that is a boolean decides.
    fn by_condition(&mut self, need: &mut Dependency, values: &Table, path: &str) {
        for condition in need.condition.trim().split(',').filter(|condition| !condition.is_empty()) {
            match values.value(&format!("{path}{condition}")).map(|setting| setting.data) {
                None => {}
                Some(Data::Bool(value)) => {
                    need.enabled = value;
                    return;
                }
                Some(_) => {
                    self.remark(need, format!("the condition `{condition}` of `{}` is not a boolean", need.name))
                }
            }
        }
    }

    /// What subcharts hand up, from the leaves to the root.
    fn import_below(&mut self, chart: &mut Member<'_>) -> Result<(), Error> {
        for member in &mut chart.members {
            self.import_below(member)?;
        }
        self.import(chart)
    }

    fn import(&mut self, chart: &mut Member<'_>) -> Result<(), Error> {
        let Some(needs) = &chart.dependencies else { return Ok(()) };
        let values = coalesce::values(chart, &Table::default(), Nulls::Keep)?;
        let imported = Table::default();
        for need in needs {
            for import in &need.imports {
                let child = match import {
                    Import::Export(name) => format!("exports.{name}"),
                    Import::Table { child, .. } => child.clone(),
                };
                let Some(table) = values.table(&format!("{}.{child}", need.name)) else {
                    self.remark(need, format!("`{}` has no values `{child}` to import", need.name));
                    continue;
                };
                let table = match import {
                    Import::Table { parent, .. } if parent != "." => nested(parent, table),
                    _ => table,
                };
                coalesce::tables(&imported, &table, Nulls::Keep);
            }
        }
        // What the chart says itself wins over what it imports.
        let values = values.copied();
        coalesce::tables(&values, &imported, Nulls::Keep);
        chart.values = values;
        Ok(())
    }

    fn remark(&mut self, need: &Dependency, message: String) {
        let place = need.place.clone().map(|place| (place.source, place.span));
        self.remarks.push(Remark { weight: Weight::Warning, place, message });
    }
}

/// The subcharts by the names they have in this render: those that nobody asks for, then one for each dependency.
fn called<'a>(charts: Vec<Member<'a>>, needs: &mut [Dependency]) -> Vec<Member<'a>> {
    let fits = |need: &Dependency, chart: &Chart| {
        chart.name() == need.name && version::is_compatible(&need.version, &chart.metadata().version)
    };
    let there: Vec<&'a Chart> = charts.iter().map(|member| member.chart).collect();
    let is_needed = |chart: &Chart| needs.iter().any(|need| fits(need, chart));
    let mut members: Vec<_> = charts.into_iter().filter(|member| !is_needed(member.chart)).collect();
    for need in needs {
        let mut member = there.iter().find(|chart| fits(need, chart)).map(|chart| Member::of(chart));
        if !need.alias.is_empty() {
            need.name = need.alias.clone();
            if let Some(member) = &mut member {
                member.name = need.alias.as_str().into();
            }
        }
        members.extend(member);
    }
    members
}

/// A table below names between dots.
fn nested(path: &str, table: Table) -> Table {
    path.rsplit('.').fold(table, |table, name| {
        let around = Table::default();
        around.insert(name, table);
        around
    })
}

impl From<Mismatch> for Error {
    fn from(mismatch: Mismatch) -> Error {
        let Mismatch { chart, setting } = mismatch;
        Error::Subchart { chart, found: setting.type_name(), place: setting.place }
    }
}
