use super::super::grouping::Grouping;
use super::{Effect, Intake, SILENCE, Work};
use crate::account::Mapping;
use crate::messages::Progress;

fn files(names: &[&str]) -> Vec<((), String, u64)> {
    names.iter().map(|name| ((), (*name).to_owned(), 1)).collect()
}

fn ready() -> Intake<()> {
    let mut intake = Intake::new();
    assert_eq!(intake.ready(), []);
    intake
}

fn reading(intake: &mut Intake<()>, place: u32) {
    intake.progress(&Progress { place, ..Progress::default() });
}

#[test]
fn drops_wait_for_the_worker_and_for_each_other() {
    let mut intake = Intake::new();
    assert_eq!(intake.add_files(files(&["a", "b"])), []);
    assert_eq!(intake.add_sample("s".to_owned()), []);
    assert_eq!(intake.ready(), [Effect::Read(Work::Files(vec![0, 1]))]);
    assert_eq!(intake.waiting(), 1);
    assert_eq!(intake.finished(), [Effect::Read(Work::Sample(2)), Effect::Ended(1)]);
    assert_eq!(intake.finished(), [Effect::Ended(1)]);
    assert!(!intake.is_busy());
}

#[test]
fn an_empty_drop_ends_at_once() {
    assert_eq!(ready().add_files(Vec::new()), [Effect::Ended(1)]);
}

#[test]
fn each_death_takes_one_file_and_the_import_ends_once() {
    let mut intake = ready();
    intake.add_files(files(&["a"]));
    intake.finished();
    intake.add_files(files(&["b", "c"]));
    reading(&mut intake, 1);
    assert_eq!(intake.died(), [Effect::Died(1), Effect::Restart]);
    assert_eq!(intake.ready(), [Effect::Read(Work::Files(vec![0, 2]))]);
    reading(&mut intake, 2);
    assert_eq!(intake.died(), [Effect::Died(2), Effect::Restart]);
    assert_eq!(intake.ready(), [Effect::Read(Work::Files(vec![0]))]);
    reading(&mut intake, 0);
    assert_eq!(intake.died(), [Effect::Died(0), Effect::Restart, Effect::Ended(1)]);
    assert_eq!(intake.deadly().count(), 3);
    assert!(!intake.is_busy());
    assert_eq!(intake.ready(), []);
    assert_eq!(intake.add_files(files(&["d"])), [Effect::Read(Work::Files(vec![3]))]);
}

#[test]
fn silence_is_death_only_where_an_answer_is_owed() {
    let mut intake = ready();
    for _ in 0..2 * SILENCE {
        assert_eq!(intake.second(), []);
    }
    intake.add_files(files(&["a", "b"]));
    for _ in 1..SILENCE {
        assert_eq!(intake.second(), []);
    }
    intake.alive();
    for _ in 1..SILENCE {
        assert_eq!(intake.second(), []);
    }
    assert_eq!(intake.second(), [Effect::Died(0), Effect::Restart]);
    assert_eq!(intake.ready(), [Effect::Read(Work::Files(vec![1]))]);
}

#[test]
fn cancel_empties_the_queue_and_keeps_what_was_read() {
    let mut intake = ready();
    intake.add_files(files(&["a"]));
    intake.add_files(files(&["b"]));
    assert_eq!(intake.cancel(), [Effect::Cancel]);
    assert_eq!(intake.finished(), [Effect::Ended(2)]);
    // Only what was read is read again.
    intake.remap(0, Mapping::default());
    assert_eq!(intake.ready(), [Effect::Read(Work::Files(vec![0]))]);
}

#[test]
fn cancel_before_the_worker_is_there() {
    let mut intake = Intake::new();
    intake.add_files(files(&["a"]));
    assert_eq!(intake.cancel(), [Effect::Ended(1)]);
    assert_eq!(intake.ready(), []);
}

#[test]
fn a_mapping_reads_everything_again() {
    let mut intake = ready();
    intake.add_files(files(&["a"]));
    intake.finished();
    intake.add_sample("s".to_owned());
    intake.finished();
    assert_eq!(intake.remap(0, Mapping::default()), [Effect::Restart]);
    assert_eq!(intake.ready(), [Effect::Read(Work::Files(vec![0]))]);
    assert_eq!(intake.finished(), [Effect::Read(Work::Sample(1))]);
    assert_eq!(intake.finished(), [Effect::Ended(1)]);
}

#[test]
fn what_replaces_a_file_is_read_with_all_others_even_where_a_worker_died_of_it() {
    let mut intake = ready();
    intake.add_files(files(&["a", "b"]));
    reading(&mut intake, 1);
    intake.died();
    intake.ready();
    intake.finished();
    let new = ((), "c".to_owned(), 2);
    assert_eq!(intake.replace(1, new), [Effect::Restart]);
    assert_eq!(intake.dropped(1).map(|drop| (drop.name.as_str(), drop.bytes)), Some(("c", 2)));
    assert_eq!(intake.ready(), [Effect::Read(Work::Files(vec![0, 1]))]);
    assert_eq!(intake.finished(), [Effect::Ended(1)]);
    // One that waits is read once.
    intake.again();
    intake.replace(1, ((), "d".to_owned(), 2));
    assert_eq!(intake.ready(), [Effect::Read(Work::Files(vec![0, 1]))]);
    assert_eq!(intake.finished(), [Effect::Ended(2)]);
    assert_eq!(intake.replace(9, ((), "d".to_owned(), 2)), []);
}

#[test]
fn a_worker_that_never_starts_is_given_up() {
    let mut intake = Intake::new();
    intake.add_files(files(&["a"]));
    assert_eq!(intake.died(), [Effect::Restart]);
    assert_eq!(intake.died(), [Effect::CannotStart, Effect::Ended(1)]);
    // Dropping again tries again.
    assert_eq!(intake.add_files(files(&["b"])), [Effect::Restart]);
    assert_eq!(intake.ready(), [Effect::Read(Work::Files(vec![1]))]);
}

#[test]
fn a_death_in_idleness_blames_no_file() {
    let mut intake = ready();
    intake.add_files(files(&["a"]));
    intake.finished();
    assert_eq!(intake.died(), [Effect::DiedIdle, Effect::Restart]);
    assert_eq!(intake.ready(), [Effect::Read(Work::Files(vec![0]))]);
    assert_eq!(intake.finished(), [Effect::Ended(0)]);
}

#[test]
fn a_file_that_becomes_anothers_is_read_again() {
    let mut intake = ready();
    intake.add_files(files(&["a"]));
    intake.finished();
    let said = vec![Some(vec!["Contoso".to_owned()])];
    assert_eq!(intake.group(Grouping::Together, said.clone()), [Effect::Restart]);
    assert_eq!(intake.ready(), [Effect::Read(Work::Files(vec![0]))]);
    assert_eq!(intake.finished(), [Effect::Ended(1)]);
    // Nothing is news now.
    assert_eq!(intake.group(Grouping::Together, said), []);
}

#[test]
fn a_drop_that_moves_another_is_read_with_it() {
    let mut intake = ready();
    intake.group(Grouping::ByFolder, Vec::new());
    intake.add_files(files(&["all/contoso/a"]));
    intake.finished();
    // The outermost folder tells them apart from now on.
    assert_eq!(intake.add_files(files(&["other/b"])), [Effect::Restart]);
    assert_eq!(intake.ready(), [Effect::Read(Work::Files(vec![0]))]);
    assert_eq!(intake.finished(), [Effect::Read(Work::Files(vec![1]))]);
    assert_eq!(intake.finished(), [Effect::Ended(1)]);
}
