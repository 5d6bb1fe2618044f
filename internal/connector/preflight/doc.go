// Package preflight is what a plan checks about a connector before anything is
// sent: the offline rules, a worker's verdict, other connectors on the cluster
// and in the plan, and what runs now. It reports each finding where the
// property is written, through a single gate that redacts secrets.
package preflight
