// Package translate converts between HCL and a connector's configuration. It is
// pure: values in, values out, without a client, a context or a diagnostic.
//
//   - Expand reads what a plan, state or configuration says, by Debezium's names.
//   - Merge joins that with what stays on the server: the only place that
//     decides what would be sent. A plan's checks, the worker's verdict, create
//     and update all use it.
//   - Flatten divides a connector's configuration between attributes and config.
//   - PrivateState is what is remembered alongside the state.
package translate
