//! Two that take turns, so that whatever else the machine does slows both.

use super::build::Programs;
use super::crowd;
use super::run::Run;
use super::scenario;
use super::spread::Spread;
use super::world::{Homes, World};
use crate::outcome::Outcome;

/// Two that are compared.
#[derive(Debug)]
pub(crate) struct Race {
    /// As `--only` and reports call it.
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A run of one scenario, a run of the other. Each scenario has a database of its own.
    Runs { ours: &'static str, theirs: &'static str },
    /// Many reservations of new keys at once, and as many rows that the `sqlite3` shell inserts.
    Crowds,
}

pub(crate) const RACES: &[Race] = &[
    runs("warm:shell", "warm", "shell"),
    runs("warm:bare", "warm", "bare"),
    runs("warm-64000:warm", "warm-64000", "warm"),
    Race { name: "crowd", kind: Kind::Crowds },
];

const fn runs(name: &'static str, ours: &'static str, theirs: &'static str) -> Race {
    Race { name, kind: Kind::Runs { ours, theirs } }
}

/// How many turns there are.
const TURNS_OF_RUNS: usize = 200;
const TURNS_OF_CROWDS: usize = 9;

impl Race {
    /// Whether one of the two is the `sqlite3` shell.
    pub(crate) fn needs_shell(&self) -> bool {
        matches!(self.kind, Kind::Runs { theirs: "shell", .. } | Kind::Crowds)
    }
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Standing {
    /// In milliseconds.
    pub(crate) ours: Spread,
    pub(crate) theirs: Spread,
    /// Of ours to theirs, turn by turn.
    pub(crate) ratio: Spread,
}

impl Standing {
    pub(crate) fn of(world: &mut World, programs: &Programs, race: &Race) -> Outcome<Standing> {
        match race.kind {
            Kind::Crowds => take_turns(
                TURNS_OF_CROWDS,
                world,
                |world, _| crowd::time_trop(world, programs),
                |world, _| crowd::time_shell(world, programs),
            ),
            Kind::Runs { ours, theirs } => {
                let mut prepare = |name| {
                    let scenario = scenario::find(name).ok_or_else(|| format!("there is no \"{name}\""))?;
                    world.prepare(programs, scenario, Homes::Shared, TURNS_OF_RUNS + 1)
                };
                let (ours, theirs) = (prepare(ours)?, prepare(theirs)?);
                let time = |runs: &[Run], turn: usize| Ok(runs[turn].time()?.as_secs_f64() * 1e3);
                for rehearsal in [ours.runs.last(), theirs.runs.last()].into_iter().flatten() {
                    // Here the answer is looked at.
                    rehearsal.finish()?;
                }
                take_turns(
                    TURNS_OF_RUNS,
                    &mut (),
                    |(), turn| time(&ours.runs, turn),
                    |(), turn| time(&theirs.runs, turn),
                )
            }
        }
    }
}

/// Whoever was first in one turn is second in the next. Both say in milliseconds how long they took.
fn take_turns<W>(
    turns: usize,
    world: &mut W,
    mut ours: impl FnMut(&mut W, usize) -> Outcome<f64>,
    mut theirs: impl FnMut(&mut W, usize) -> Outcome<f64>,
) -> Outcome<Standing> {
    let mut times = [Vec::new(), Vec::new(), Vec::new()];
    for turn in 0..turns {
        let (our, their) = if turn.is_multiple_of(2) {
            let our = ours(world, turn)?;
            (our, theirs(world, turn)?)
        } else {
            let their = theirs(world, turn)?;
            (ours(world, turn)?, their)
        };
        for (times, figure) in times.iter_mut().zip([our, their, our / their]) {
            times.push(figure);
        }
    }
    let [ours, theirs, ratio] = times.map(Spread::of);
    let (Some(ours), Some(theirs), Some(ratio)) = (ours, theirs, ratio) else {
        return Err("a race without turns".into());
    };
    Ok(Standing { ours, theirs, ratio })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_race_is_between_scenarios_that_are_there() {
        for race in RACES {
            if let Kind::Runs { ours, theirs } = race.kind {
                assert_eq!(race.name, format!("{ours}:{theirs}"));
                assert!(scenario::find(ours).is_some() && scenario::find(theirs).is_some(), "{}", race.name);
            }
        }
    }

    #[test]
    fn turns_alternate_and_ratios_are_of_one_turn() {
        let mut order = String::new();
        let standing = take_turns(
            3,
            &mut order,
            |order, turn| {
                order.push('o');
                Ok([1.0, 20.0, 3.0][turn])
            },
            |order, turn| {
                order.push('t');
                Ok([2.0, 10.0, 6.0][turn])
            },
        );
        let standing = standing.unwrap();
        assert_eq!(order, "ottoot");
        assert_eq!([standing.ours.median, standing.theirs.median, standing.ratio.median], [3.0, 6.0, 0.5]);
    }
}
