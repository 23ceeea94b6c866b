//! Living through histories, in the service and in the reference at once.

use std::{
    fmt::Write,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use kwanus_store::testing::Fresh;

use super::{
    act::Act,
    history::{CAST, History, tried},
    lived::Lived,
    reference::{Case, State},
    seen::Seen,
    world::{BOARDS, NAMES, World},
};

/// What is refused after a case is decided is tried so often.
const TRIED_AFTERWARDS: usize = 3;
/// So many shorter histories are tried to find the shortest.
const SHORTENED: usize = 400;

/// Lives through as many histories as are asked for, some at a time, each worker on a database of its own.
pub fn all<F>(fresh: F)
where
    F: AsyncFn() -> Fresh + Copy + Send + Sync,
{
    let number = |name: &str, default| std::env::var(name).map_or(default, |text| text.parse::<u64>().expect(name));
    let (first, count) = (number("KWANUS_SEED", 1), number("KWANUS_HISTORIES", 300));
    let next = AtomicU64::new(first);
    // Each waits for its database for half of the time.
    let workers = 2 * std::thread::available_parallelism().map_or(2, usize::from);
    let work = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let world = Arc::new(World::new(fresh().await).await);
            let mut ends = [0; 3];
            loop {
                let seed = next.fetch_add(1, Ordering::Relaxed);
                if seed >= first + count {
                    return Ok(ends);
                }
                match live(&world, History::of(seed)).await {
                    Ok(state) => ends[state as usize - 1] += 1,
                    Err(failure) => {
                        // The others stop as well.
                        next.store(first + count, Ordering::Relaxed);
                        return Err(format!(
                            "seed {seed} of {first}..{}\n{}",
                            first + count,
                            shortest(&world, seed, failure).await
                        ));
                    }
                }
            }
        })
    };
    let ends = std::thread::scope(|scope| {
        let all: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        all.into_iter().map(|one| one.join().expect("a worker tells what failed")).collect::<Vec<_>>()
    });
    let mut sum = [0; 3];
    for end in ends {
        match end {
            Ok(ends) => (0..3).for_each(|n| sum[n] += ends[n]),
            Err(failure) => panic!("{failure}"),
        }
    }
    let [withdrawn, carried, declined] = sum;
    println!("{withdrawn} withdrawn, {carried} carried, {declined} declined");
    assert!(count < 100 || sum.iter().all(|end| *end > 0), "the histories reach too little: {sum:?}");
}

/// The shortest history that still fails, as it is told.
async fn shortest(world: &Arc<World>, seed: u64, mut failure: String) -> String {
    let mut history = History::of(seed);
    let mut left = SHORTENED;
    'again: loop {
        for shorter in history.shorter() {
            if left == 0 {
                return failure;
            }
            left -= 1;
            if let Err(other) = live(world, shorter.clone()).await {
                (history, failure) = (shorter, other);
                continue 'again;
            }
        }
        return failure;
    }
}

/// Lives through one history; answers how it ended, or everything that happened until the two differed.
async fn live(world: &Arc<World>, history: History) -> Result<State, String> {
    // A task of its own, so that what panics is told with its seed.
    let world = Arc::clone(world);
    let told = tokio::spawn(async move {
        let mut told = told_beginning(&history);
        let outcome = live_through(&world, &history, &mut told).await;
        outcome.map_err(|what| format!("{told}\n{what}"))
    });
    told.await.unwrap_or_else(|panic| Err(format!("{panic}")))
}

async fn live_through(world: &Arc<World>, history: &History, told: &mut String) -> Result<State, String> {
    let lived = Arc::new(world.begin(history).await);
    let mut reference = history.case();
    let mut seen = compare(&lived, &reference).await?;
    let (mut last, mut left) = (None, TRIED_AFTERWARDS);
    for step in &history.steps {
        if reference.state != State::Open {
            let Some(fewer) = left.checked_sub(1) else { break };
            left = fewer;
        }
        let acts = tried(step, history.contested, &reference, last.as_ref());
        let now = reference.now.format("%F %T");
        if let [act] = &acts[..] {
            _ = writeln!(told, "{now}  {}", told_act(act));
            let is_allowed = lived.act(act).await?;
            let should_be = reference.act(act);
            _ = writeln!(told, "    {}", if is_allowed { "allowed" } else { "refused" });
            if is_allowed != should_be {
                return Err(format!(
                    "The service {} it.",
                    if is_allowed { "should have refused" } else { "should have allowed" }
                ));
            }
            // What is refused is undone: should it have left anything, the next look finds it.
            if is_allowed {
                seen = compare(&lived, &reference).await?;
            }
        } else {
            let all: Vec<_> = acts.iter().cloned().map(|act| tokio::spawn(at_once(Arc::clone(&lived), act))).collect();
            let mut outcomes = Vec::new();
            for (one, act) in all.into_iter().zip(&acts) {
                let is_allowed = one.await.map_err(|panic| panic.to_string())??;
                _ = writeln!(told, "{now} ~ {}", told_act(act));
                _ = writeln!(told, "    {}", if is_allowed { "allowed" } else { "refused" });
                outcomes.push((act, is_allowed));
            }
            seen = lived.look().await;
            // Who is barred while somebody acts may be seen by the end of that act, which then looks at the case again.
            let looked = (&Act::Look, true);
            let fits = orders(&outcomes).into_iter().find_map(|order| {
                let and_looked: Vec<_> = order.iter().copied().chain([looked]).collect();
                after(&reference, &order, &seen).or_else(|| after(&reference, &and_looked, &seen))
            });
            reference = fits.ok_or_else(|| {
                let mut in_turn = reference.clone();
                let allowed: Vec<_> = acts.iter().map(|act| in_turn.act(act)).collect();
                let in_turn = Seen::in_reference(&in_turn);
                format!("No order leads there.\n{seen:#?}\nIn the order above it is {allowed:?}, and\n{in_turn:#?}")
            })?;
        }
        last = acts.last().cloned();
    }
    for act in History::end(reference.now) {
        lived.act(&act).await?;
        reference.act(&act);
        _ = writeln!(told, "{}", told_act(&act));
        seen = compare(&lived, &reference).await?;
    }
    if seen.state == State::Open {
        return Err("Its ballots are long over, and it is not decided.".to_owned());
    }
    lived.check_log(&seen).await?;
    Ok(seen.state)
}

async fn at_once(lived: Arc<Lived>, act: Act) -> Result<bool, String> {
    lived.act(&act).await
}

async fn compare(lived: &Lived, reference: &Case) -> Result<Seen, String> {
    let (seen, should_be) = (lived.look().await, Seen::in_reference(reference));
    if seen == should_be {
        return Ok(seen);
    }
    Err(format!("The service has\n{seen:#?}\nand should have\n{should_be:#?}"))
}

/// The reference after these acts in this order, if it allows the same of them and stands as what was seen.
fn after(reference: &Case, order: &[(&Act, bool)], seen: &Seen) -> Option<Case> {
    let mut case = reference.clone();
    let is_same = order.iter().all(|(act, is_allowed)| case.act(act) == *is_allowed);
    (is_same && Seen::in_reference(&case) == *seen).then_some(case)
}

/// Every order of them.
fn orders<T: Clone>(all: &[T]) -> Vec<Vec<T>> {
    if all.is_empty() {
        return vec![vec![]];
    }
    let mut orders = Vec::new();
    for n in 0..all.len() {
        let mut rest = all.to_vec();
        let first = rest.remove(n);
        orders.extend(orders_of_rest(&first, &rest));
    }
    orders
}

fn orders_of_rest<T: Clone>(first: &T, rest: &[T]) -> Vec<Vec<T>> {
    orders(rest).into_iter().map(|order| std::iter::once(first.clone()).chain(order).collect()).collect()
}

fn told_beginning(history: &History) -> String {
    let mut told = String::new();
    let kind = history.proposer.map_or("a justification".to_owned(), |who| format!("a step proposed by {}", name(who)));
    _ = writeln!(told, "{} {kind}", history.start.format("%F %T"));
    for (n, board) in BOARDS.iter().enumerate() {
        let part = history
            .routes
            .get(&n)
            .map(|(decides, rule)| format!("{} by {rule:?}", if *decides { "decides" } else { "advises" }));
        _ = writeln!(told, "{board} {}", part.unwrap_or_default());
        for term in history.terms.iter().filter(|term| term.board == n) {
            let until = term.until.map_or(String::new(), |until| until.to_string());
            let chairs = if term.chairs { ", chairs" } else { "" };
            _ = writeln!(told, "    {} {} to {until}{chairs}", name(term.who), term.from);
        }
    }
    told
}

fn name(who: usize) -> String {
    if who < CAST { NAMES[who].to_owned() } else { format!("Joined {}", who - CAST) }
}

fn told_act(act: &Act) -> String {
    match act {
        Act::Take { who, board, stance, raised, held, revision } => {
            let concerns = if *stance == kwanus_domain::ballot::Stance::Object {
                format!(" with {raised} new concerns and {held:?}")
            } else {
                String::new()
            };
            format!("{}: {} {}{concerns} on revision {revision}", BOARDS[*board], name(*who), stance.verb())
        }
        Act::Resolve { who, concern } => format!("{} resolves concern {concern}", name(*who)),
        Act::Overrule { who, concern } => format!("{} would overrule concern {concern}", name(*who)),
        Act::Reply { who, concern } => format!("{} replies to concern {concern}", name(*who)),
        Act::Close { who, board } => format!("{}: {} closes the ballot", BOARDS[*board], name(*who)),
        Act::Revise => "another revision".to_owned(),
        Act::Withdraw { revision } => format!("revision {revision} is withdrawn"),
        Act::Bar { who } => format!("{} is disabled", name(*who)),
        Act::Join { board, from } => format!("{}: somebody joins from {from}", BOARDS[*board]),
        Act::Leave { who, board, last } => format!("{}: the term of {} ends with {last}", BOARDS[*board], name(*who)),
        Act::Rewrite { board, rule } => format!("{}: the rule is now {rule:?}", BOARDS[*board]),
        Act::Wait { until } => format!("it is {}", until.format("%F %T")),
        Act::Look => "what is due is settled".to_owned(),
    }
}
