package rules

// Severity says how bad a finding is.
type Severity int

const (
	// Warning: the connector does what is written, apart from what is merely
	// ignored, or is dangerous.
	Warning Severity = iota
	// Error: the connector is refused, fails, or does something else than
	// what is written.
	Error
)

func (s Severity) String() string {
	if s == Error {
		return "error"
	}
	return "warning"
}

// Harm is what happens to a connector that breaks a rule. The severity of a
// finding follows from it, and from nothing else.
type Harm string

// The harms, from the worst to the least.
const (
	Refused    Harm = "refused"    // the worker, or Debezium itself, doesn't accept the configuration
	Fails      Harm = "fails"      // the connector is accepted, and it or its task fails
	Diverges   Harm = "diverges"   // it captures, names or loses something else than what is written
	Ignored    Harm = "ignored"    // what is written has no effect
	Deprecated Harm = "deprecated" // it works, but not in a later release
	Risky      Harm = "risky"      // it works, and may do harm under circumstances
)

// Severity is an error where the connector doesn't do what is written.
func (h Harm) Severity() Severity {
	switch h {
	case Refused, Fails, Diverges:
		return Error
	}
	return Warning
}

// preventsRunning reports whether no connector can run like that.
func (h Harm) preventsRunning() bool { return h == Refused || h == Fails }
