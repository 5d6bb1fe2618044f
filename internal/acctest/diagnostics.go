package acctest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Severity is how serious a diagnostic is.
type Severity string

// The severities of Terraform.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Diagnostic is a provider's diagnostic with its path, which the terraform
// binary only shows as a line of a file.
type Diagnostic struct {
	Severity        Severity
	Path            string // "slot_name", `config["slot.name"]`, or empty
	Summary, Detail string
}

func (d Diagnostic) String() string {
	return fmt.Sprintf("%s at %q: %s: %s", d.Severity, d.Path, d.Summary, d.Detail)
}

// IsError reports whether Terraform would stop.
func (d Diagnostic) IsError() bool { return d.Severity == Error }

// Diagnostics are in the order in which they were reported.
type Diagnostics []Diagnostic

// Errors returns the errors.
func (ds Diagnostics) Errors() Diagnostics { return ds.of(Error) }

// Warnings returns the warnings.
func (ds Diagnostics) Warnings() Diagnostics { return ds.of(Warning) }

func (ds Diagnostics) of(severity Severity) Diagnostics {
	return slices.DeleteFunc(slices.Clone(ds), func(d Diagnostic) bool { return d.Severity != severity })
}

// HasError reports whether Terraform would stop.
func (ds Diagnostics) HasError() bool { return len(ds.Errors()) > 0 }

// Err returns the errors as an error of type Diagnostics, or nil if none.
func (ds Diagnostics) Err() error {
	if errors := ds.Errors(); len(errors) > 0 {
		return errors
	}
	return nil
}

// Error returns the text of all.
func (ds Diagnostics) Error() string {
	texts := make([]string, len(ds))
	for i, d := range ds {
		texts[i] = d.String()
	}
	return strings.Join(texts, "\n")
}

// Mention reports whether one of them contains text in its summary or detail.
func (ds Diagnostics) Mention(text string) bool {
	return slices.ContainsFunc(ds, func(d Diagnostic) bool {
		return strings.Contains(d.Summary+": "+d.Detail, text)
	})
}

// diagnosticsOf returns the diagnostics of a response, or the failure to get
// one, which Terraform also shows as an error.
func diagnosticsOf(answered []*tfprotov6.Diagnostic, err error) Diagnostics {
	if err != nil {
		return violation("The provider didn't answer", err.Error())
	}
	var all Diagnostics
	for _, d := range answered {
		severity := Error
		if d.Severity == tfprotov6.DiagnosticSeverityWarning {
			severity = Warning
		}
		all = append(all, Diagnostic{severity, pathText(d.Attribute), d.Summary, d.Detail})
	}
	return all
}

// violation is Terraform's own error about a provider that breaks its rules.
func violation(summary, detail string) Diagnostics {
	return Diagnostics{{Severity: Error, Summary: summary, Detail: detail}}
}

func pathText(path *tftypes.AttributePath) string {
	if path == nil {
		return ""
	}
	var text strings.Builder
	for _, step := range path.Steps() {
		switch s := step.(type) {
		case tftypes.AttributeName:
			if text.Len() > 0 {
				text.WriteByte('.')
			}
			text.WriteString(string(s))
		case tftypes.ElementKeyString:
			fmt.Fprintf(&text, "[%q]", string(s))
		case tftypes.ElementKeyInt:
			fmt.Fprintf(&text, "[%d]", int64(s))
		case tftypes.ElementKeyValue:
			fmt.Fprintf(&text, "[%s]", tftypes.Value(s))
		}
	}
	return text.String()
}
