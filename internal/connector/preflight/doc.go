// Package preflight is what a plan checks of a connector before anything is
// sent: by the offline rules, by a worker's verdict, beside the other connectors
// of the cluster and of the plan, and against what runs now. It tells each
// finding where it is written, and through one gate that removes secrets.
package preflight
