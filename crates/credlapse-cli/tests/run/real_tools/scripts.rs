//! Scripts with the SDKs for Python and JavaScript, whose session lapses in the middle.

use aws_sim::{BUCKET, Effect, Fault, Lapse};

use super::{Stage, logins, python, script};

/// Runs a script that stores three objects and finds the session lapsed at the second.
fn is_told_and_repaired(tool: &[&str]) {
    let tool = [tool, &[BUCKET]].concat();
    for (options, status, stdout, answers, number) in [
        (&[][..], 10, "stored 1\n", &[200, 400][..], 0),
        (
            &["--reauth=always"],
            0,
            "stored 1\nstored 1\nstored 2\nstored 3\n",
            &[200, 400, 200, 200, 200],
            1,
        ),
    ] {
        let stage = Stage::new();
        for lapse in [Lapse::sso("corp"), Lapse::keys("corp")] {
            let fault = Fault::new(Effect::Expire(lapse));
            stage.sim.add_fault(fault.on("PutObject").after(1));
        }
        let ran = stage.run(options, &tool);
        assert_eq!((ran.status, &*ran.stdout), (status, stdout), "{ran:?}");
        assert_eq!(stage.answers("PutObject"), answers, "{ran:?}");
        assert_eq!(logins(&ran), number, "{ran:?}");
        let (own, parts) = ran
            .stderr
            .split_once("AWS session expired: ")
            .expect("the failure is told");
        assert!(own.contains("ExpiredToken"), "{ran:?}");
        let parts: Vec<&str> = parts.lines().take(3).collect();
        assert_eq!(
            parts,
            [
                "the temporary credentials of AWS profile 'sso' have expired.",
                "  Run: aws sso login --profile sso   then retry.",
                "  (ExpiredToken: The provided token has expired.)",
            ]
        );
        if number == 0 {
            assert!(ran.stderr.ends_with(&format!("{}\n", parts[2])), "{ran:?}");
        }
    }
}

#[test]
#[ignore = "needs boto3, which `cargo xtask test tools` installs"]
fn boto3_is_told_and_repaired() {
    let python = python();
    let python = python.to_str().expect("UTF-8");
    is_told_and_repaired(&[python, &script("put_three.py")]);
}

#[test]
#[ignore = "needs the AWS SDK for JavaScript, which `cargo xtask test tools` installs"]
fn node_is_told_and_repaired() {
    is_told_and_repaired(&["node", &script("put_three.mjs")]);
}
