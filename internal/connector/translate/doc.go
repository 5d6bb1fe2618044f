// Package translate is the way from HCL to a connector's configuration and
// back. It is pure: values in, values out, without a client, a context or a
// diagnostic.
//
//   - Expand reads what a plan, state or configuration says, by Debezium's names.
//   - Merge joins that with what stays on the server: the one place where it is
//     decided what would be sent. A plan's checks, the worker's verdict, create
//     and update all use it.
//   - Flatten divides a connector's configuration among attributes and config.
//   - PrivateState is what is remembered beside the state.
package translate
