package connector

import (
	"math/big"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cdc/terraform-provider-debezium/internal/connector/preflight"
	"github.com/cdc/terraform-provider-debezium/internal/connector/translate"
)

// judgedByValue are the attributes whose values the schema's validators read.
// For all others they only check whether the attribute is set.
var judgedByValue = []string{translate.AttrName, translate.AttrClass, translate.AttrState, translate.AttrOffsets, translate.AttrTimeouts}

// shapes are the configuration shapes that the schema's validators accepted. A
// thousand connectors have only a few shapes.
type shapes struct {
	mu    sync.RWMutex
	valid map[string]bool
}

// Shape is everything in a configuration that the schema's validators may look
// at, plus what Terraform supports. It returns false if it can't tell.
func (u *Shortcuts) Shape(configuration tftypes.Value, writeOnlyAllowed bool) (string, bool) {
	config, err := translate.Open(configuration)
	if err != nil || config == nil {
		return "", false
	}
	var b strings.Builder
	if writeOnlyAllowed {
		b.WriteByte('w')
	}
	for _, name := range u.attributes {
		v := config[name]
		switch {
		case v.IsNull():
			b.WriteByte('0')
		case !v.IsFullyKnown():
			if slices.Contains(judgedByValue, name) {
				return "", false
			}
			b.WriteByte('?')
		case name == translate.AttrName:
			if preflight.NameProblem(config.Text(name)) != "" {
				return "", false
			}
			b.WriteByte('n')
		case slices.Contains(judgedByValue, name):
			b.WriteString(v.String())
		case v.Type().Is(tftypes.Number):
			var n big.Float
			if v.As(&n) != nil {
				return "", false
			}
			if _, accuracy := n.Int64(); accuracy != big.Exact || !n.IsInt() {
				return "", false // it may be too large, or not an integer where one is required
			}
			b.WriteByte('i')
		default:
			b.WriteByte('1')
		}
	}
	return b.String(), true
}

// Valid reports whether Learn has seen the configuration's shape and nothing
// else is wrong with it.
func (u *Shortcuts) Valid(configuration tftypes.Value, shape string) bool {
	u.shapes.mu.RLock()
	known := u.shapes.valid[shape]
	u.shapes.mu.RUnlock()
	config, err := translate.Open(configuration)
	if !known || err != nil {
		return false
	}
	var diags diag.Diagnostics
	u.r.checkConfiguration(config, &diags)
	return len(diags) == 0
}

// Learn remembers the shape of a configuration that has nothing wrong with it.
func (u *Shortcuts) Learn(shape string) {
	u.shapes.mu.Lock()
	defer u.shapes.mu.Unlock()
	if u.shapes.valid == nil {
		u.shapes.valid = map[string]bool{}
	}
	u.shapes.valid[shape] = true
}
