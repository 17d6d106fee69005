//! Local time to UTC: what an administrator's log means in the hours in which
//! clocks are changed.
#![allow(clippy::expect_used, missing_docs, reason = "a test may stop")]

use mailflow::mail::Zone;

/// Seconds since 1970 of `2026-03-29 02:30`, as if it were UTC.
fn at(text: &str) -> i64 {
    let number = |from: usize, to: usize| text[from..to].parse::<i64>().expect("a number");
    let day = mailflow::mail::Day::parse(&text[..10]).expect("a day");
    i64::from(day.0) * 86_400 + number(11, 13) * 3_600 + number(14, 16) * 60
}

fn zone(name: &str) -> Zone {
    Zone::named(name).expect(name)
}

#[test]
fn clocks_are_those_of_their_day() {
    for (name, local, utc) in [
        ("Europe/Berlin", "2026-01-15 12:00", "2026-01-15 11:00"),
        ("Europe/Berlin", "2026-07-15 12:00", "2026-07-15 10:00"),
        ("America/New_York", "2026-01-15 12:00", "2026-01-15 17:00"),
        ("America/New_York", "2026-07-15 12:00", "2026-07-15 16:00"),
        // South of the equator July is winter.
        ("America/Santiago", "2026-01-15 12:00", "2026-01-15 15:00"),
        ("America/Santiago", "2026-07-15 12:00", "2026-07-15 16:00"),
        // Half an hour is what Lord Howe Island changes its clocks by.
        ("Australia/Lord_Howe", "2026-01-15 12:00", "2026-01-15 01:00"),
        ("Australia/Lord_Howe", "2026-07-15 12:00", "2026-07-15 01:30"),
        ("Asia/Kathmandu", "2026-07-15 12:00", "2026-07-15 06:15"),
        // Seoul has no summer time since 1988.
        ("Asia/Seoul", "2026-01-15 12:00", "2026-01-15 03:00"),
        ("Asia/Seoul", "2026-07-15 12:00", "2026-07-15 03:00"),
        ("Asia/Seoul", "2026-07-15 00:00", "2026-07-14 15:00"),
        // Before and behind the years whose changes are kept.
        ("Asia/Seoul", "1975-07-15 12:00", "1975-07-15 03:00"),
        ("Europe/Berlin", "2080-01-15 12:00", "2080-01-15 11:00"),
        ("UTC", "2026-07-15 12:00", "2026-07-15 12:00"),
    ] {
        assert_eq!(zone(name).to_utc(at(local), None), at(utc), "{name} {local}");
    }
}

#[test]
fn the_hour_that_never_happens_is_read_as_if_clocks_had_not_been_put_forward() {
    for (name, local, utc) in [
        ("Europe/Berlin", "2026-03-29 01:59", "2026-03-29 00:59"),
        ("Europe/Berlin", "2026-03-29 02:00", "2026-03-29 01:00"),
        ("Europe/Berlin", "2026-03-29 02:30", "2026-03-29 01:30"),
        ("Europe/Berlin", "2026-03-29 03:00", "2026-03-29 01:00"),
        ("America/New_York", "2026-03-08 02:30", "2026-03-08 07:30"),
        ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:45"),
        ("Australia/Lord_Howe", "2026-10-04 02:30", "2026-10-03 15:30"),
    ] {
        for not_before in [None, Some(at("2026-01-01 00:00")), Some(at("2026-12-01 00:00"))] {
            assert_eq!(zone(name).to_utc(at(local), not_before), at(utc), "{name} {local}");
        }
    }
}

#[test]
fn the_hour_that_happens_twice_is_told_by_the_lines_before() {
    for (name, local, first, second) in [
        ("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 00:30", "2026-10-25 01:30"),
        ("America/New_York", "2026-11-01 01:30", "2026-11-01 05:30", "2026-11-01 06:30"),
        ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04 14:45", "2026-04-04 15:15"),
        ("America/Santiago", "2026-04-04 23:30", "2026-04-05 02:30", "2026-04-05 03:30"),
    ] {
        let read = |not_before| zone(name).to_utc(at(local), not_before);
        assert_eq!(read(None), at(first), "{name}");
        assert_eq!(read(Some(at(first))), at(first), "{name}");
        assert_eq!(read(Some(at(first) + 1)), at(second), "{name}");
        assert_eq!(read(Some(at(second))), at(second), "{name}");
        // A line that is later than both says nothing.
        assert_eq!(read(Some(at(second) + 1)), at(first), "{name}");
    }
    // The hours around happen once.
    let berlin = zone("Europe/Berlin");
    for (local, utc) in
        [("2026-10-25 01:59", "2026-10-24 23:59"), ("2026-10-25 03:00", "2026-10-25 02:00")]
    {
        assert_eq!(berlin.to_utc(at(local), Some(at(utc) + 1)), at(utc));
    }
}

#[test]
fn every_second_that_clocks_show_is_found_again() {
    for name in ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"] {
        let zone = zone(name);
        assert!(zone.changes.len() > 50, "{name}: {}", zone.changes.len());
        assert!(zone.changes.is_sorted_by(|a, b| a.0 < b.0 && a.1 != b.1), "{name}");
        let mut utc = at("2025-01-01 00:00");
        while utc < at("2027-01-01 00:00") {
            let local = utc + i64::from(zone.minutes_at(utc)) * 60;
            assert_eq!(zone.to_utc(local, Some(utc)), utc, "{name} {utc}");
            utc += 700;
        }
    }
}

#[test]
fn names_are_those_of_the_database() {
    assert_eq!(zone("europe/berlin").name, "Europe/Berlin");
    for name in ["", "Berlin", "Europe/Atlantis", "../../etc/passwd", "CEST"] {
        assert_eq!(Zone::named(name), None, "{name}");
    }
}
