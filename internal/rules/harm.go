package rules

// Severity says how bad a finding is.
type Severity int

const (
	// Warning means that the connector does what is written, apart from what is
	// merely ignored, or is dangerous.
	Warning Severity = iota
	// Error means that the connector is refused, fails, or does something other
	// than what is written.
	Error
)

func (s Severity) String() string {
	if s == Error {
		return "error"
	}
	return "warning"
}

// Harm is what happens to a connector that breaks a rule. It alone determines
// the severity of a finding.
type Harm string

// The harms, from worst to least.
const (
	Refused    Harm = "refused"    // the worker, or Debezium itself, rejects the configuration
	Fails      Harm = "fails"      // the connector is accepted, but it or its task fails
	Diverges   Harm = "diverges"   // it captures, names or loses something other than what is written
	Ignored    Harm = "ignored"    // what is written has no effect
	Deprecated Harm = "deprecated" // it works, but not in a later release
	Risky      Harm = "risky"      // it works, but may do harm under some circumstances
)

// Severity is Error if the connector doesn't do what is written.
func (h Harm) Severity() Severity {
	switch h {
	case Refused, Fails, Diverges:
		return Error
	}
	return Warning
}

// preventsRunning reports whether no connector can run that way.
func (h Harm) preventsRunning() bool { return h == Refused || h == Fails }
