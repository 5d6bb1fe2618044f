package catalog

// Types of components, as Kafka Connect names them.
const (
	Transformation  = "transformation"
	Predicate       = "predicate"
	Converter       = "converter"
	HeaderConverter = "header_converter"
)

// CapturedComponent is the shape of a component in its data file.
type CapturedComponent struct {
	Type     string   `json:"type"`
	Variants []string `json:"variants,omitempty"` // "Key" of a class CLASS$Key, sorted
	Captured
}
