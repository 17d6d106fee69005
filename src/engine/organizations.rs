//! Several organizations side by side.
//!
//! Each has an analysis of its own, so that whatever is known of a message is
//! known within one of them: a file that belongs to two counts in both, and
//! what two of them say of the same message stays apart.

use super::{Analysis, Helpers, SavedOrganization, Watch};
use crate::account::{Mapping, Owners};
use crate::import::{Settings, Source};
use crate::mail::Choices;

/// The organizations that are looked at, in the order in which their first
/// file was read.
pub struct Organizations {
    settings: Settings,
    /// What the person said of each organization, by name.
    said: Vec<(String, Choices)>,
    /// Whose single messages are kept, if any are.
    keep_of: String,
    list: Vec<Organization>,
}

/// One of them.
pub struct Organization {
    /// As it was written first; empty where several are not told apart, and
    /// for files of which nobody knows whose they are.
    pub name: String,
    /// Own domains of its files, where these tell whose they are.
    domains: Vec<String>,
    /// What its files hold.
    pub analysis: Analysis,
}

/// A file to read: where it stands in the person's list, and what they said of
/// it.
#[derive(Clone, Copy, Debug)]
pub struct FileIn<'a> {
    /// Position in the list of drops.
    pub place: u32,
    /// Name or path to show.
    pub name: &'a str,
    /// What the person said of its columns.
    pub mapping: &'a Mapping,
    /// Whose it is.
    pub owners: &'a Owners,
}

impl Organizations {
    /// None yet. The choices of `settings` are not looked at: `said` has those
    /// of each organization. Where single messages are kept, it is those of
    /// `keep_of`, or of the first organization if that is empty: the limit is
    /// one for all.
    pub fn new(settings: Settings, said: Vec<(String, Choices)>, keep_of: String) -> Self {
        Self { settings, said, keep_of, list: Vec::new() }
    }

    /// All of them.
    pub fn list(&self) -> &[Organization] {
        &self.list
    }

    /// The one of that name, in any case.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.list.iter().position(|known| Owners::same(&known.name, name))
    }

    /// Reads a file into the analyses of its owners; which these are.
    /// `helpers` are asked for once for each reading of it.
    pub async fn read<H: Helpers>(
        &mut self,
        file: FileIn<'_>,
        source: &mut impl Source,
        watch: &mut dyn Watch,
        helpers: &mut dyn FnMut() -> H,
    ) -> Vec<usize> {
        let before = self.list.len();
        let owners = match file.owners {
            Owners::Named(names) => {
                let owners = self.named(names);
                for owner in &owners {
                    let analysis = &mut self.list[*owner].analysis;
                    read_into(analysis, file, source, watch, &mut helpers()).await;
                }
                owners
            }
            Owners::ByDomain => vec![self.read_by_domain(file, source, watch, helpers).await],
        };
        self.hand_out(file, owners, before)
    }

    /// Hands what a saved analysis holds to the organizations of the same
    /// names; if it is one organization's, to those that the person named.
    /// `before` is how many organizations there were before it was read.
    fn hand_out(&mut self, file: FileIn<'_>, owners: Vec<usize>, before: usize) -> Vec<usize> {
        let mut left = Vec::new();
        for owner in &owners {
            let of_owner = self.list[*owner].analysis.leave();
            left.push((*owner, of_owner));
        }
        let Some((_, all)) = left.first().filter(|(_, all)| !all.is_empty()) else { return owners };
        let named = |owner: usize| {
            !self.list[owner].name.is_empty() && matches!(file.owners, Owners::Named(_))
        };
        if all.len() == 1 && owners.iter().all(|owner| named(*owner)) {
            for (owner, all) in left {
                for (name, saved) in all {
                    self.list[owner].analysis.take_up(file.place, &name, saved);
                }
            }
            return owners;
        }
        let (_, all) = left.swap_remove(0);
        // Those that were made for the file hold nothing else.
        while self.list.len() > before
            && self.list.last().is_some_and(|last| last.analysis.is_empty())
        {
            self.list.pop();
        }
        let mut found = Vec::new();
        for (name, saved) in all {
            let owner = self.owner_of(&saved, file);
            self.list[owner].analysis.take_up(file.place, &name, saved);
            let choices = self.list[owner].analysis.choices().clone();
            let known = self.said.iter().any(|(of, _)| Owners::same(of, &self.list[owner].name));
            if !known && choices != Choices::default() {
                self.said.push((self.list[owner].name.clone(), choices));
            }
            if !found.contains(&owner) {
                found.push(owner);
            }
        }
        found
    }

    /// The organization of what was saved: that of its name, or, where none is
    /// told and the person wants it so, that of its own domains.
    fn owner_of(&mut self, saved: &SavedOrganization, file: FileIn<'_>) -> usize {
        if !saved.name.is_empty() || matches!(file.owners, Owners::Named(_)) {
            let named = self.named(std::slice::from_ref(&saved.name));
            return named.first().copied().unwrap_or_default();
        }
        let mut alone =
            Analysis::new(Settings { choices: Choices::default(), ..self.settings.clone() });
        alone.take_up(file.place, file.name, saved.clone());
        let domains = alone.own_domains();
        let shares = |known: &Organization| known.domains.iter().any(|own| domains.contains(own));
        let name = domains.first().map_or("", String::as_str);
        let known = self.list.iter().position(shares).or_else(|| self.find(name));
        known.unwrap_or_else(|| {
            let analysis = self.analysis(name);
            self.add(name, domains.clone(), analysis)
        })
    }

    /// Says what no file of the organization in that place can.
    pub fn choose(&mut self, index: usize, choices: Choices) {
        let Some(organization) = self.list.get_mut(index) else { return };
        organization.analysis.choose(choices.clone());
        self.said.retain(|(name, _)| !Owners::same(name, &organization.name));
        self.said.push((organization.name.clone(), choices));
    }

    /// All of them, to be saved; `ticks` are what is ticked off in Readiness,
    /// by organization.
    pub fn to_saved(&self, ticks: &dyn Fn(&str) -> Vec<String>) -> Vec<SavedOrganization> {
        let saved = |one: &Organization| one.analysis.to_saved(&one.name, ticks(&one.name));
        self.list.iter().map(saved).collect()
    }

    /// Forgets what rows say of single messages, and keeps no more of it.
    pub fn forget_messages(&mut self) {
        self.settings.keep = None;
        for organization in &mut self.list {
            organization.analysis.forget_messages();
        }
    }

    /// Marks the files of `place` as made by the sample generator.
    pub fn mark_fictitious(&mut self, place: u32) {
        for organization in &mut self.list {
            organization.analysis.mark_fictitious(place);
        }
    }

    /// The clock, in seconds since 1970.
    pub const fn now(&self) -> u32 {
        self.settings.now
    }

    /// The organizations of these names, new ones too, each once.
    fn named(&mut self, names: &[String]) -> Vec<usize> {
        let mut owners = Vec::with_capacity(names.len());
        for name in names {
            let owner = self.find(name).unwrap_or_else(|| {
                let analysis = self.analysis(name);
                self.add(name, Vec::new(), analysis)
            });
            if !owners.contains(&owner) {
                owners.push(owner);
            }
        }
        owners
    }

    /// The own domains of a file are known when it has been read. Of a new
    /// organization that was its reading; else it is read again into the
    /// analysis of the organization that it belongs to.
    async fn read_by_domain<H: Helpers>(
        &mut self,
        file: FileIn<'_>,
        source: &mut impl Source,
        watch: &mut dyn Watch,
        helpers: &mut dyn FnMut() -> H,
    ) -> usize {
        let settings =
            Settings { choices: Choices::default(), keep: None, ..self.settings.clone() };
        let mut alone = Analysis::new(settings);
        alone.set_apart();
        read_into(&mut alone, file, source, watch, &mut helpers()).await;
        let domains = alone.own_domains();
        let shares = |known: &Organization| known.domains.iter().any(|own| domains.contains(own));
        let name = domains.first().map_or("", String::as_str);
        let known = self.list.iter().position(shares).or_else(|| self.find(name));
        let said = self.said.iter().any(|(of, _)| Owners::same(of, name));
        let index = match known {
            None if !said && !self.keeps(name) => return self.add(name, domains.clone(), alone),
            None => {
                let analysis = self.analysis(name);
                self.add(name, Vec::new(), analysis)
            }
            Some(index) => index,
        };
        // Two stores of one file are not needed at a time.
        drop(alone);
        let organization = &mut self.list[index];
        read_into(&mut organization.analysis, file, source, watch, &mut helpers()).await;
        for domain in domains {
            if !organization.domains.contains(&domain) {
                organization.domains.push(domain);
            }
        }
        index
    }

    /// An empty analysis of the organization of that name.
    fn analysis(&self, name: &str) -> Analysis {
        let said = self.said.iter().find(|(known, _)| Owners::same(known, name));
        let choices = said.map(|(_, choices)| choices.clone()).unwrap_or_default();
        let keep = self.settings.keep.filter(|_| self.keeps(name));
        Analysis::new(Settings { choices, keep, ..self.settings.clone() })
    }

    /// Whether single messages of a new organization of that name are kept.
    fn keeps(&self, name: &str) -> bool {
        let first = self.keep_of.is_empty() && self.list.is_empty();
        self.settings.keep.is_some() && (first || Owners::same(&self.keep_of, name))
    }

    fn add(&mut self, name: &str, domains: Vec<String>, mut analysis: Analysis) -> usize {
        analysis.set_apart();
        self.list.push(Organization { name: name.trim().to_owned(), domains, analysis });
        self.list.len() - 1
    }
}

async fn read_into(
    analysis: &mut Analysis,
    file: FileIn<'_>,
    source: &mut impl Source,
    watch: &mut dyn Watch,
    helpers: &mut dyn Helpers,
) {
    let FileIn { place, name, mapping, .. } = file;
    analysis.read_together(place, name, source, mapping, watch, helpers).await;
}
