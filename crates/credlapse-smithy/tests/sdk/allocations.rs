//! A call that succeeds costs no allocation of ours.

use allocation_counter::measure;
use aws_sdk_s3::Client;
use credlapse_smithy::CredlapseInterceptor;

use crate::client::{Provider, Wire, answer, s3};

/// The allocations of a call once caches are warm, the least of many.
fn allocations(client: &Client) -> u64 {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    let call = || {
        let call = client.head_object().bucket("my-bucket").key("k");
        runtime.block_on(call.send()).unwrap();
    };
    (0..50).map(|_| measure(call).count_total).min().unwrap()
}

#[test]
fn a_call_that_succeeds_allocates_no_more() {
    let wire = Wire::new(|_, _| answer(200, ""));
    let plain = Client::from_conf(s3(&wire, Provider::new()).build());
    let with = Client::from_conf(
        s3(&wire, Provider::new())
            .interceptor(CredlapseInterceptor::new())
            .build(),
    );
    assert_eq!(allocations(&with), allocations(&plain));
}
