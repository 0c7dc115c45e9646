//! What it is for: a worktree that git moves.

use trop_testkit::{need, skip_unless};

use super::Scene;
use crate::stage::Stage;
use crate::worktrees::{git, repository};

#[test]
fn a_worktree_keeps_its_ports_and_its_task_when_git_moves_it() {
    skip_unless!(need::tool("git"));
    let scene = Scene { stage: Stage::new() };
    let repository = repository(&scene.stage);
    let (old, new) = (scene.at("feature"), scene.at("worktrees/feature-2"));
    git(&scene.stage, &repository, &["worktree", "add", "--quiet", old.as_str()]);
    let ports = [scene.reserve(&old, ""), scene.reserve(&old, "web"), scene.reserve(old.join("docs"), "")];

    let early = scene.check_refused("feature", "worktrees/feature-2", &["--recursive"], 1);
    assert!(early.stderr.contains("git worktree move"), "{}", early.stderr);
    std::fs::create_dir(scene.at("worktrees")).unwrap();
    git(&scene.stage, &repository, &["worktree", "move", old.as_str(), new.as_str()]);
    let said = "note: moved 3 reservations from /feature to /worktrees/feature-2\n";
    scene.migrated("feature", "worktrees/feature-2", &["--recursive"], said);

    let again = [scene.reserve(&new, ""), scene.reserve(&new, "web"), scene.reserve(new.join("docs"), "")];
    assert_eq!(again, ports);
    for row in scene.listed() {
        assert_eq!((row["project"].as_str(), row["task"].as_str()), (Some("repository"), Some("feature")));
    }
}
