package rules

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
)

// Peer is one connector among others.
type Peer struct {
	Name    string
	Kind    *catalog.Kind     // nil for a class that the catalog doesn't know: it collides with nothing
	Version catalog.Version   // zero: the newest in the catalog
	Config  map[string]string // the effective configuration, by Debezium name
	Unknown map[string]bool   // properties set to a value that isn't known yet or is a secret
	Partial bool              // other properties may be set
	Stopped bool              // it is stopped, or will be by this plan
}

// Index finds conflicting connectors by what they use. It is safe for
// concurrent use: of two connectors that are each put before their collisions
// are requested, at least one finds out about the other.
type Index struct {
	mu     sync.RWMutex
	users  map[string][]*claim // by key, sorted by connector
	claims map[string][]*claim // by connector
}

// NewIndex returns an index without connectors.
func NewIndex() *Index {
	return &Index{users: map[string][]*claim{}, claims: map[string][]*claim{}}
}

// Put adds a connector, replacing an earlier one with its name.
func (x *Index) Put(p Peer) {
	claims := p.claims()
	x.mu.Lock()
	defer x.mu.Unlock()
	x.remove(p.Name)
	for _, c := range claims {
		at, _ := slices.BinarySearchFunc(x.users[c.key], c.connector, byConnector)
		x.users[c.key] = slices.Insert(x.users[c.key], at, c)
	}
	x.claims[p.Name] = claims
}

// Remove removes a connector that no longer exists.
func (x *Index) Remove(name string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.remove(name)
}

func (x *Index) remove(name string) {
	for _, c := range x.claims[name] {
		rest := slices.DeleteFunc(x.users[c.key], func(u *claim) bool { return u.connector == name })
		if len(rest) == 0 {
			delete(x.users, c.key)
			continue
		}
		x.users[c.key] = rest
	}
	delete(x.claims, name)
}

// Collisions returns what a connector, whether put before or not, shares with
// others in the index but must not, sorted by property and rule. A finding is
// about one shared thing; it names the first of the other connectors, and its
// detail some more. A connector never collides with itself: any with its name.
func (x *Index) Collisions(self Peer) []Finding {
	claims := self.claims()
	x.mu.RLock()
	defer x.mu.RUnlock()
	var findings []Finding
	for _, c := range claims {
		findings = append(findings, c.collisions(x.users[c.key])...)
	}
	return ordered(findings)
}

// Collisions is Index.Collisions for one connector among a few others.
func Collisions(self Peer, others []Peer) []Finding {
	x := NewIndex()
	for _, other := range others {
		x.Put(other)
	}
	return x.Collisions(self)
}

// collisionRule is something that connectors use, and the result of sharing it.
type collisionRule struct {
	rule // harm: between two that are running
	// stopped is the grade between two of which one is stopped.
	stopped stoppedGrade
	claim   func(*evaluation) []*claim
	// judge decides when sharing alone isn't a collision; nil: it always is.
	judge        func(self, other *claim) (Severity, bool)
	consequence  string
	atStandstill string // the consequence while one is stopped; empty: the same
	remedy       string
	summary      func(self *claim, other string) string // nil: "… is used by connector … too"
}

// stoppedGrade is how a collision counts while one of the two is stopped.
type stoppedGrade int

const (
	countsStopped  stoppedGrade = iota // as usual
	warnsStopped                       // as a warning
	allowedStopped                     // not at all
)

// claim is one thing that a connector uses.
type claim struct {
	rule      *collisionRule
	connector string
	stopped   bool
	key       string // the same for all that use the same thing
	property  string
	value     string
	possibly  bool // the key has a reference: the same text is probably the same thing
	role      role
	reads     publicationUse
}

func byConnector(c *claim, name string) int { return strings.Compare(c.connector, name) }

func (p Peer) claims() []*claim {
	if p.Kind == nil || p.Kind.Sink {
		return nil
	}
	v := newEvaluation(Input{Kind: p.Kind, Version: p.Version, Config: p.Config, Unknown: p.Unknown, Partial: p.Partial})
	var claims []*claim
	for i := range collisionRules {
		r := &collisionRules[i]
		if !r.appliesTo(v.Kind, v.Version) {
			continue
		}
		for _, c := range r.claim(v) {
			c.rule, c.connector, c.stopped, c.key = r, p.Name, p.Stopped, r.id+"\x00"+c.key
			claims = append(claims, c)
		}
	}
	return claims
}

// namedMost is how many other connectors a finding names: of a thousand that
// share one thing, each needs to know only a few.
const namedMost = 3

// collisions returns at most one error and one warning about the other users.
func (c *claim) collisions(users []*claim) []Finding {
	others := map[Severity][]*claim{}
	for _, other := range users {
		if severity, collides := c.rule.grade(c, other); collides {
			others[severity] = append(others[severity], other)
		}
		if len(others[c.rule.harm.Severity()]) > namedMost {
			break
		}
	}
	var findings []Finding
	for _, severity := range []Severity{Error, Warning} {
		if len(others[severity]) > 0 {
			findings = append(findings, c.finding(severity, others[severity]))
		}
	}
	return findings
}

func (r *collisionRule) grade(self, other *claim) (Severity, bool) {
	if other.connector == self.connector {
		return 0, false
	}
	severity, collides := r.harm.Severity(), true
	if r.judge != nil {
		severity, collides = r.judge(self, other)
	}
	if self.stopped || other.stopped {
		collides = collides && r.stopped != allowedStopped
		if r.stopped == warnsStopped {
			severity = Warning
		}
	}
	if self.possibly {
		severity = Warning
	}
	return severity, collides
}

func (c *claim) finding(severity Severity, others []*claim) Finding {
	first := others[0]
	summary := fmt.Sprintf("%s %s is used by connector %s too", c.property, quoted(c.value), quoted(first.connector))
	if c.rule.summary != nil {
		summary = c.rule.summary(c, first.connector)
	}
	consequence := c.rule.consequence
	if c.rule.atStandstill != "" && (c.stopped || first.stopped) {
		consequence = c.rule.atStandstill
	}
	var more, possibly string
	if len(others) > 1 {
		more = "The same applies to " + namesOf(others[1:]) + "."
	}
	if c.possibly {
		possibly = "Both use the same reference, so it is most likely the same one."
	}
	return Finding{
		Rule: c.rule.id, Severity: severity, Property: c.property, Other: first.connector,
		Summary: summary, Detail: sentences(consequence, possibly, more, c.rule.remedy),
	}
}

func namesOf(claims []*claim) string {
	var names []string
	for _, c := range claims {
		if len(names) == namedMost-1 {
			names = append(names, "others")
			break
		}
		names = append(names, quoted(c.connector))
	}
	if len(names) == 1 {
		return names[0]
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
