use leptos::prelude::*;

use crate::report::{Clause, Fault, Field, FieldKind, Filter, Join, MOST_CLAUSES, Part, Verb};

/// A filter while a person makes it; copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Draft(RwSignal<State>);

/// What stands in it.
#[derive(Clone, Default)]
struct State {
    join: Join,
    groups: Vec<(u32, Join)>,
    /// Those outside of groups, and those of each group, in their order.
    conditions: Vec<Condition>,
    /// The number of the next group or condition.
    next: u32,
}

/// A clause that may not make sense yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Condition {
    pub(super) id: u32,
    /// The number of its group.
    group: Option<u32>,
    pub(super) field: Field,
    pub(super) verb: Verb,
    pub(super) value: String,
    pub(super) to: String,
}

/// Which of the two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The only one, or the first.
    Value,
    /// The other end of "between".
    To,
}

impl Draft {
    /// A filter to change; one condition stands in one that is empty.
    pub(super) fn new(filter: &Filter) -> Self {
        let draft = Self(RwSignal::new(State::default()));
        draft.load(filter);
        if filter.is_empty() {
            draft.add(None);
        }
        draft
    }

    /// Takes a filter in the place of what stands in it.
    pub(super) fn load(self, filter: &Filter) {
        self.0.update(|state| {
            // Numbers go on, so that nothing is taken for what was there.
            *state = State { join: filter.join, next: state.next, ..State::default() };
            for part in &filter.parts {
                match part {
                    Part::Clause(clause) => state.take(None, clause),
                    Part::Group(join, clauses) => {
                        let id = state.number();
                        state.groups.push((id, *join));
                        for clause in clauses {
                            state.take(Some(id), clause);
                        }
                    }
                }
            }
        });
    }

    /// The filter, or the number of the first condition that makes no sense.
    pub(super) fn filter(self) -> Result<Filter, (u32, Fault)> {
        self.0.with(|state| {
            let mut parts: Vec<Part> = Vec::new();
            for clause in state.of(None) {
                parts.push(Part::Clause(clause.clause()?));
            }
            for (id, join) in &state.groups {
                let clauses: Result<Vec<_>, _> =
                    state.of(Some(*id)).map(Condition::clause).collect();
                parts.push(Part::Group(*join, clauses?));
            }
            Ok(Filter::new(state.join, parts))
        })
    }

    /// How all of it, or a group, is joined.
    pub(super) fn join(self, group: Option<u32>) -> Join {
        self.0.with(|state| {
            let known = state.groups.iter().find(|(id, _)| Some(*id) == group);
            known.map_or(state.join, |(_, join)| *join)
        })
    }

    /// Joins all of it, or a group, in another way.
    pub(super) fn set_join(self, group: Option<u32>, join: Join) {
        self.0.update(|state| {
            let known = state.groups.iter_mut().find(|(id, _)| Some(*id) == group);
            *known.map_or(&mut state.join, |(_, join)| join) = join;
        });
    }

    /// The numbers of groups.
    pub(super) fn groups(self) -> Vec<u32> {
        self.0.with(|state| state.groups.iter().map(|(id, _)| *id).collect())
    }

    /// The numbers of conditions outside of groups, or in one.
    pub(super) fn conditions(self, group: Option<u32>) -> Vec<u32> {
        self.0.with(|state| state.of(group).map(|condition| condition.id).collect())
    }

    /// All of them, in the order in which they are shown.
    fn all(self) -> Vec<u32> {
        let mut all = self.conditions(None);
        self.groups().into_iter().for_each(|id| all.extend(self.conditions(Some(id))));
        all
    }

    /// How-manieth a condition is, from 1.
    pub(super) fn place(self, id: u32) -> usize {
        self.all().iter().position(|known| *known == id).map_or(0, |place| place + 1)
    }

    /// The same of a group.
    pub(super) fn place_of_group(self, id: u32) -> usize {
        self.groups().iter().position(|known| *known == id).map_or(0, |place| place + 1)
    }

    /// Whether no more conditions fit in.
    pub(super) fn is_full(self) -> bool {
        self.0.with(|state| state.conditions.len() >= MOST_CLAUSES)
    }

    /// Adds a condition; its number.
    pub(super) fn add(self, group: Option<u32>) -> u32 {
        let mut id = 0;
        self.0.update(|state| {
            id = state.number();
            let (field, verb) = (Field::Tls, Verb::Is);
            let value = first_value(field);
            state.conditions.push(Condition { id, group, field, verb, value, to: String::new() });
        });
        id
    }

    /// Adds a group with a condition; the number of that.
    pub(super) fn add_group(self) -> u32 {
        let mut id = 0;
        self.0.update(|state| {
            id = state.number();
            // Its point is to be joined in the other way.
            let join = if state.join == Join::All { Join::Any } else { Join::All };
            state.groups.push((id, join));
        });
        self.add(Some(id))
    }

    /// Removes a condition, and its group where nothing else is in it; the
    /// condition that is then the nearest.
    pub(super) fn remove(self, id: u32) -> Option<u32> {
        let all = self.all();
        let place = all.iter().position(|known| *known == id).unwrap_or(0);
        let near = all.get(place + 1).or_else(|| all.get(place.wrapping_sub(1))).copied();
        self.0.update(|state| {
            state.conditions.retain(|condition| condition.id != id);
            let used: Vec<_> = state.conditions.iter().map(|condition| condition.group).collect();
            state.groups.retain(|(id, _)| used.contains(&Some(*id)));
        });
        near
    }

    /// Removes a group with all that is in it.
    pub(super) fn remove_group(self, group: u32) {
        self.0.update(|state| {
            state.conditions.retain(|condition| condition.group != Some(group));
            state.groups.retain(|(id, _)| *id != group);
        });
    }

    /// A condition.
    pub(super) fn get(self, id: u32) -> Option<Condition> {
        self.0.with(|state| state.conditions.iter().find(|known| known.id == id).cloned())
    }

    /// Tests another field; what does not go with it begins anew.
    pub(super) fn set_field(self, id: u32, field: Field) {
        self.change(id, &|condition| {
            if condition.field.kind() != field.kind() || field.kind() == FieldKind::Choice {
                condition.value = first_value(field);
                condition.to.clear();
            }
            condition.field = field;
            if !field.verbs().contains(&condition.verb) {
                condition.verb = field.verbs().first().copied().unwrap_or(Verb::Is);
            }
        });
    }

    /// Tests it in another way.
    pub(super) fn set_verb(self, id: u32, verb: Verb) {
        self.change(id, &|condition| condition.verb = verb);
    }

    /// Tests it with another value.
    pub(super) fn set_value(self, id: u32, end: End, value: &str) {
        self.change(id, &|condition| match end {
            End::Value => value.clone_into(&mut condition.value),
            End::To => value.clone_into(&mut condition.to),
        });
    }

    fn change(self, id: u32, change: &dyn Fn(&mut Condition)) {
        self.0.update(|state| {
            if let Some(condition) = state.conditions.iter_mut().find(|known| known.id == id) {
                change(condition);
            }
        });
    }
}

impl State {
    fn number(&mut self) -> u32 {
        self.next += 1;
        self.next
    }

    fn take(&mut self, group: Option<u32>, clause: &Clause) {
        let id = self.number();
        self.conditions.push(Condition {
            id,
            group,
            field: clause.field(),
            verb: clause.verb(),
            value: clause.value().to_owned(),
            to: clause.to().to_owned(),
        });
    }

    fn of(&self, group: Option<u32>) -> impl Iterator<Item = &Condition> {
        self.conditions.iter().filter(move |condition| condition.group == group)
    }
}

impl Condition {
    fn clause(&self) -> Result<Clause, (u32, Fault)> {
        let clause = Clause::new(self.field, self.verb, self.value.trim(), self.to.trim());
        clause.map_err(|fault| (self.id, fault))
    }
}

/// What stands in a condition at first: the first of the choices.
fn first_value(field: Field) -> String {
    field.codes().first().map_or_else(String::new, |code| (*code).to_owned())
}
