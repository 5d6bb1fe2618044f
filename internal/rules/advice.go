package rules

import (
	"maps"
	"slices"
)

// Advice is what a finding proposes: a property to set, a value for it, a
// property to remove. Following it gives a configuration without a new finding.
type Advice struct {
	Set    string
	To     string // empty: the old property's value, or one that the user knows
	Remove string
}

func (a Advice) String() string {
	switch {
	case a.Set == "" && a.Remove == "":
		return ""
	case a.Set == "":
		return "Remove " + a.Remove + "."
	}
	text := "Set " + a.Set
	if a.To != "" {
		text += " to " + a.To
	}
	if a.Remove != "" {
		text += " in place of " + a.Remove
	}
	return text + "."
}

// propose returns the advice to set a property, replacing another one if given.
// The kind and version being checked must have it: if not, the advice names the
// nearest property that they have, or else is to remove the other. What is
// already set needs no setting.
func (v *evaluation) propose(property, inPlaceOf string) Advice {
	advice := Advice{Set: v.nameOf(property), Remove: inPlaceOf}
	if advice.Set != "" && v.wrote(advice.Set) {
		advice.Set = ""
	}
	return advice
}

// nameOf returns a property if the version has it, or else the nearest it has.
func (v *evaluation) nameOf(property string) string {
	switch {
	case property == "":
		return ""
	case v.has(property):
		return property
	}
	return v.Kind.Suggest(property, v.Version)
}

// has reports whether the version reads a property.
func (v *evaluation) has(property string) bool {
	if v.connectReads(property) || v.Kind == nil {
		return v.connectReads(property)
	}
	r := v.Kind.Replacement(property)
	return v.Kind.Definition(property, v.Version) != nil || v.Kind.HasFamily(property) || v.isComponents(property) || r != nil && !v.gone(r)
}

// proposeValue returns the advice to set a property to the first of the values
// that the version allows and that breaks no other rule. If there is none, it
// returns no advice.
func (v *evaluation) proposeValue(property string, values ...string) Advice {
	if !v.has(property) {
		return Advice{}
	}
	allowed := v.allowed(property)
	for _, value := range values {
		if value == "" || allowed != nil && !slices.Contains(allowed, value) {
			continue
		}
		if advice := (Advice{Set: property, To: value}); v.isSafe(advice) {
			return advice
		}
	}
	return Advice{}
}

// isSafe reports whether following the advice breaks no additional rule.
func (v *evaluation) isSafe(advice Advice) bool {
	if v.trial {
		return true
	}
	was := v.tried(v.Input)
	followed := v.Input
	followed.Config = advice.applied(v.Config)
	return !slices.ContainsFunc(v.tried(followed), func(f Finding) bool { return !containsRule(was, f) })
}

// tried returns the findings for a configuration by the same rules.
func (v *evaluation) tried(in Input) []Finding {
	other := newEvaluation(in)
	other.trial = true
	return other.run(v.rules)
}

func containsRule(findings []Finding, like Finding) bool {
	return slices.ContainsFunc(findings, func(f Finding) bool { return f.Rule == like.Rule && f.Property == like.Property })
}

// applied returns config with the advice followed.
func (a Advice) applied(config map[string]string) map[string]string {
	config = maps.Clone(config)
	value, to := config[a.Remove], a.To
	if a.Remove != "" {
		delete(config, a.Remove)
	}
	if to == "" {
		to = value
	}
	if a.Set != "" {
		config[a.Set] = to
	}
	return config
}
