//! The facts of a whole input, joined for look-up.

use std::collections::{HashMap, HashSet};

use crate::document::is_slip;

use super::{
    facts::{Facts, Gives, Name, Selector},
    target::{Target, built_in, is_kustomization},
};

/// Indices over all facts. Maps are only looked up, never walked, so their order cannot reach the output.
pub(super) struct World<'a> {
    all: &'a [Facts],
    /// The file and the directory of each object, numbered in the order they come.
    files: Vec<u32>,
    directories: Vec<u32>,
    objects: HashMap<(Target, &'a str, &'a str), Vec<u32>>,
    /// Made by other objects rather than defined; no keys or ports are known of them.
    made: HashSet<(Target, &'a str, &'a str)>,
    /// The objects of a kind in a namespace, to guess at what was meant.
    names: HashMap<(Target, &'a str), Vec<u32>>,
    /// Which kinds the directories define, in which namespaces.
    neighbours: HashSet<(u32, Target, &'a str)>,
    kinds: HashSet<Target>,
    pods: HashMap<(&'a str, &'a str, &'a str), Vec<u32>>,
    pods_in: HashMap<&'a str, Vec<u32>>,
    /// Directories and namespaces with pods, and with custom resources, of which operators make pods.
    pods_near: HashSet<(u32, &'a str)>,
    custom_near: HashSet<(u32, &'a str)>,
    /// Directories with documents that could not be read.
    unreadable: HashSet<u32>,
    /// Directories with a `kustomization.yaml`.
    kustomized: HashSet<&'a str>,
    /// Number of objects that name a namespace.
    population: HashMap<&'a str, usize>,
    /// Whether some objects name a namespace and some do not: only then may one turn out to be in the other's.
    mixed: bool,
    guesses: std::cell::Cell<usize>,
}

/// Where an object without namespace lands unless somebody says otherwise.
pub(super) fn home(namespace: &str) -> &str {
    if namespace.is_empty() { "default" } else { namespace }
}

/// Names that may be compared for one input in search of what was meant.
const GUESSES: usize = 1_000_000;

/// Keys beside the namespaces, for which no namespace can be taken: objects that name none, and all objects.
const UNSET: &str = "";
const ANY: &str = "*";

/// The keys under which an object of this namespace is found.
fn shelves(namespace: &str, mixed: bool) -> impl Iterator<Item = &str> {
    let others = [ANY, UNSET].into_iter().take(if namespace.is_empty() { 2 } else { 1 });
    std::iter::once(home(namespace)).chain(others.filter(move |_| mixed))
}

/// The key of what may turn out to be in the same namespace.
fn perhaps(namespace: &str) -> &'static str {
    if namespace.is_empty() { ANY } else { UNSET }
}

impl<'a> World<'a> {
    pub(super) fn new(all: &'a [Facts]) -> World<'a> {
        let mut world = World {
            all,
            files: Vec::with_capacity(all.len()),
            directories: Vec::with_capacity(all.len()),
            objects: HashMap::new(),
            made: HashSet::new(),
            names: HashMap::new(),
            neighbours: HashSet::new(),
            kinds: HashSet::new(),
            pods: HashMap::new(),
            pods_in: HashMap::new(),
            pods_near: HashSet::new(),
            custom_near: HashSet::new(),
            unreadable: HashSet::new(),
            kustomized: HashSet::new(),
            population: HashMap::new(),
            mixed: false,
            guesses: std::cell::Cell::new(GUESSES),
        };
        world.number();
        let unset = |facts: &&Facts| facts.identity.namespace.is_empty();
        let unset = all.iter().filter(unset).count();
        world.mixed = unset > 0 && unset < all.len();
        for (index, facts) in all.iter().enumerate() {
            world.add(index as u32, facts);
        }
        world
    }

    fn number(&mut self) {
        let (mut files, mut directories) = (HashMap::new(), HashMap::new());
        for facts in self.all {
            let file: &str = &facts.file;
            let next = files.len() as u32;
            self.files.push(*files.entry(file).or_insert(next));
            let directory = parent(file);
            let next = directories.len() as u32;
            self.directories.push(*directories.entry(directory).or_insert(next));
            if is_kustomization(&facts.identity.group, &facts.identity.kind) {
                self.kustomized.insert(directory);
            }
        }
    }

    fn add(&mut self, index: u32, facts: &'a Facts) {
        let identity = &facts.identity;
        let (namespace, name) = (identity.namespace.as_str(), identity.name.as_str());
        let directory = self.directories[index as usize];
        if !namespace.is_empty() {
            *self.population.entry(namespace).or_default() += 1;
        }
        if let Some(target) = Target::of(&identity.group, &identity.kind) {
            for shelf in shelves(namespace, self.mixed) {
                self.objects.entry((target, shelf, name)).or_default().push(index);
            }
            self.names.entry((target, home(namespace))).or_default().push(index);
            self.neighbours.insert((directory, target, home(namespace)));
            self.kinds.insert(target);
        }
        for (target, name) in &facts.makes {
            let namespace = if target.namespaced() { namespace } else { "" };
            for shelf in shelves(namespace, self.mixed) {
                self.made.insert((*target, shelf, name));
            }
        }
        if !built_in(&identity.group) {
            self.custom_near.insert((directory, home(namespace)));
        }
        match &facts.gives {
            Gives::Pods(pods) => {
                self.add_pods(index, namespace, &pods.labels);
                self.pods_near.insert((directory, home(namespace)));
            }
            Gives::Maker(makers) => {
                for labels in makers {
                    self.add_pods(index, namespace, labels);
                }
            }
            Gives::Unknown => _ = self.unreadable.insert(directory),
            _ => {}
        }
    }

    fn add_pods(&mut self, index: u32, namespace: &'a str, labels: &'a super::facts::Labels) {
        for shelf in shelves(namespace, self.mixed) {
            for (key, value) in labels {
                self.pods.entry((shelf, key, value)).or_default().push(index);
            }
            self.pods_in.entry(shelf).or_default().push(index);
        }
    }

    pub(super) fn file(&self, index: usize) -> u32 {
        self.files[index]
    }

    pub(super) fn directory(&self, index: usize) -> u32 {
        self.directories[index]
    }

    /// The definitions of an object that are certainly the ones meant.
    pub(super) fn definitions<'b>(&'b self, name: &'b Name) -> &'b [u32] {
        self.objects.get(&(name.target, home(&name.namespace), &name.name)).map_or(&[], Vec::as_slice)
    }

    /// Whether the object is, or may well be, in the input or made by something in it.
    pub(super) fn has(&self, name: &Name) -> bool {
        let numbered = (name.target == Target::Claim).then(|| claim_template(&name.name)).flatten();
        [home(&name.namespace), perhaps(&name.namespace)].into_iter().any(|shelf| {
            let made = |text: &str| self.made.contains(&(name.target, shelf, text));
            self.objects.contains_key(&(name.target, shelf, name.name.as_str()))
                || made(&name.name)
                || numbered.as_deref().is_some_and(made)
        })
    }

    /// Whether something in the input makes (or adds to) the object.
    pub(super) fn makes(&self, name: &Name) -> bool {
        let made = |shelf| self.made.contains(&(name.target, shelf, name.name.as_str()));
        made(home(&name.namespace)) || made(perhaps(&name.namespace))
    }

    /// Whether the input defines any object of this kind.
    pub(super) fn defines(&self, target: Target) -> bool {
        self.kinds.contains(&target)
    }

    /// Whether the directory of an object defines others of this kind in this namespace.
    pub(super) fn has_neighbours(&self, asker: usize, name: &Name) -> bool {
        self.neighbours.contains(&(self.directory(asker), name.target, home(&name.namespace)))
    }

    /// Whether kustomize decides which files of an object's directory are applied, and which are patches.
    pub(super) fn is_kustomized(&self, index: usize) -> bool {
        let mut directory = parent(&self.all[index].file);
        while !directory.is_empty() && !self.kustomized.contains(directory) {
            directory = parent(directory);
        }
        self.kustomized.contains(directory)
    }

    /// Whether all of the directory of an object could be read.
    pub(super) fn is_readable(&self, asker: usize) -> bool {
        !self.unreadable.contains(&self.directory(asker))
    }

    /// Whether it makes sense to expect pods with certain labels beside an object: there are others, and no custom
    /// resources of which an operator may make them.
    pub(super) fn expects_pods(&self, asker: usize) -> bool {
        let key = (self.directory(asker), home(&self.all[asker].identity.namespace));
        self.pods_near.contains(&key) && !self.custom_near.contains(&key) && self.is_readable(asker)
    }

    pub(super) fn population(&self, namespace: &str) -> usize {
        self.population.get(namespace).copied().unwrap_or_default()
    }

    /// The object whose name was probably meant. Guessing stops when its budget for the whole input is spent.
    pub(super) fn slip(&self, name: &Name) -> Option<u32> {
        let names = self.names.get(&(name.target, home(&name.namespace)))?;
        self.guesses.set(self.guesses.get().checked_sub(names.len())?);
        names.iter().copied().find(|&index| is_slip(&name.name, &self.all[index as usize].identity.name))
    }

    /// The pods (and the custom resources that may make them) that a selector matches in a namespace. One after the other,
    /// because the first is usually enough.
    pub(super) fn select<'b>(&'b self, namespace: &'b str, selector: &'b Selector) -> impl Iterator<Item = u32> + 'b {
        self.select_on(home(namespace), selector)
    }

    /// Whether a selector would match if objects without namespace landed in the right one.
    pub(super) fn may_select(&self, namespace: &str, selector: &Selector) -> bool {
        self.select_on(perhaps(namespace), selector).next().is_some()
    }

    /// Looks only at the pods with the rarest label of the selector, which keeps a join of many selectors and pods short.
    fn select_on<'b>(&'b self, shelf: &'b str, selector: &'b Selector) -> impl Iterator<Item = u32> + 'b {
        let lists = selector
            .equal
            .iter()
            .map(|(key, value)| self.pods.get(&(shelf, key.as_str(), value.as_str())).map_or(&[][..], Vec::as_slice));
        let all = || self.pods_in.get(shelf).map_or(&[][..], Vec::as_slice);
        let candidates = lists.min_by_key(|list| list.len()).unwrap_or_else(all);
        let matches = |index: &u32| match &self.all[*index as usize].gives {
            Gives::Pods(pods) => selector.matches(&pods.labels),
            Gives::Maker(makers) => makers.iter().any(|labels| selector.matches(labels)),
            _ => false,
        };
        candidates.iter().copied().filter(matches)
    }

    /// A label of pods in the namespace that was probably meant by one of the selector's, and the pods.
    pub(super) fn slip_of_label(&self, namespace: &str, selector: &Selector) -> Option<(String, u32)> {
        let pods = self.pods_in.get(home(namespace))?;
        self.guesses.set(self.guesses.get().checked_sub(pods.len() * selector.equal.len())?);
        pods.iter().find_map(|&index| {
            let Gives::Pods(pods) = &self.all[index as usize].gives else { return None };
            let (mut wrong, mut meant) = (0, None);
            for (key, value) in &selector.equal {
                match pods.labels.iter().find(|(own, _)| own == key) {
                    Some((_, own)) if own == value => {}
                    Some((_, own)) if is_slip(value, own) => (wrong, meant) = (wrong + 1, Some(format!("{key}={own}"))),
                    _ => return None,
                }
            }
            (wrong == 1).then_some(index).and_then(|index| Some((meant?, index)))
        })
    }
}

/// The directory of a path, empty at the top.
fn parent(path: &str) -> &str {
    path.rfind(['/', '\\']).map_or("", |at| &path[..at])
}

/// `data-web-*` for `data-web-0`: how the claims of a StatefulSet are entered.
fn claim_template(name: &str) -> Option<String> {
    let (stem, ordinal) = name.rsplit_once('-')?;
    (!ordinal.is_empty() && ordinal.bytes().all(|byte| byte.is_ascii_digit())).then(|| format!("{stem}-*"))
}
