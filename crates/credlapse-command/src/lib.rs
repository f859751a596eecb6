//! What the command `credlapse` reads and says, without its arguments and streams.
//!
//! Two programs consist of it and of what starts them: the command itself and
//! that of the npm package. What they are given arrives in pieces, what they
//! say is text in colour, and the files of a machine are read through
//! [`Machine`]. What a failure is called is decided in the core, `credlapse`.

pub mod check;
pub mod decode;
pub mod explain;
mod host;
mod local;
mod machine;
mod ndjson;
pub mod options;
pub mod page;
mod reading;
pub mod scan;
pub mod status;
pub mod style;
mod thrown;

pub use explain::Explain;
pub use host::{Host, Known};
pub use local::Local;
pub use machine::{Disk, Machine, content, old_sdk, program};
pub use ndjson::Answers;
pub use reading::Reading;
