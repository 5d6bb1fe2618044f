package filterlist

import (
	"slices"
	"testing"
)

// TestEntries: an entry is matched as Java's Pattern with CASE_INSENSITIVE
// does, against the whole name.
func TestEntries(t *testing.T) {
	for _, c := range []struct {
		entry, name string
		want        bool
	}{
		{"public.orders", "public.orders", true},
		{"public.orders", "PUBLIC.Orders", true},
		{"public.orders", "publicXorders", true}, // a dot is any character
		{`public\.orders`, "publicXorders", false},
		{"public.orders", "public.orders_old", false},
		{"public.orders", "my.public.orders", false},
		{"public.order.*", "public.order_lines", true},
		{`public.order\\lines`, `public.order\lines`, true},
		{`public.(?!tmp_).*`, "public.orders", true},
		{`public.(?!tmp_).*`, "public.tmp_orders", false},
		{`public.ord(?=ers).*+`, "public.orders", true},
		{`public.a++a`, "public.aaa", false}, // possessive: nothing is given back
		{`\Qpublic.a+b\E`, "public.a+b", true},
		{`public.t$`, "public.t\n", false},
		{"public.ä", "public.ä", true},
		{"a|b.c", "a", true},
		{"a|b.c", "b.c", true},
		{"public.[a-c]\\d{2}", "public.B12", true},
		{"public.[]a]", "public.]", true},
	} {
		p := Parse(c.entry)
		if p == nil {
			t.Errorf("%q isn't followed", c.entry)
			continue
		}
		if got, ok := p.Match(c.name); !ok || got != c.want {
			t.Errorf("%q matches %q: %v, %v; want %v", c.entry, c.name, got, ok, c.want)
		}
	}
}

// TestEntriesNotFollowed: what regexp2 would read otherwise than Java.
func TestEntriesNotFollowed(t *testing.T) {
	for _, entry := range []string{"public.[a-z&&[^t]]", "public.[a[b]]", "(?x) public . t", "(?ix)a", "a(", "*"} {
		if Parse(entry) != nil {
			t.Errorf("%q is followed", entry)
		}
	}
}

// TestEntriesThatTakeTooLong: such an entry counts as one that can't be told.
func TestEntriesThatTakeTooLong(t *testing.T) {
	p := Parse("(a+)+(a+)+(a+)+(a+)+b")
	if p == nil {
		t.Fatal("isn't followed")
	}
	if matched, ok := p.Match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac"); matched || ok {
		t.Errorf("matched %v, ok %v", matched, ok)
	}
}

// TestLists: a list finds what its entries find one by one.
func TestLists(t *testing.T) {
	entries := []string{"public.orders", `public\.lines`, "public.o.*", "a.b.c", "public.ä", "PUBLIC.Customers", `x\.y|z`, "....."}
	names := []string{"public.orders", "Public.ORDERS", "publicxorders", "public.lines", "publicxlines", "public.other", "a.b.c", "axb.c", "abc",
		"public.ä", "public.Ä", "public.customers", "x.y", "z", "zz", "12345", ""}
	for first := range entries {
		for last := first; last <= len(entries); last++ {
			var list List
			var single []*Entry
			for _, text := range entries[first:last] {
				single = append(single, Parse(text))
				list.Add(Parse(text))
			}
			for _, name := range names {
				want := slices.ContainsFunc(single, func(p *Entry) bool { m, _ := p.Match(name); return m })
				if got := list.Match(name); got != want {
					t.Errorf("%q match %q: %v, want %v", entries[first:last], name, got, want)
				}
			}
			for n := range names {
				var want, got []string
				for _, p := range single {
					if !slices.ContainsFunc(names[n:], func(name string) bool { m, _ := p.Match(name); return m }) {
						want = append(want, p.text)
					}
				}
				for _, p := range list.Unmatched(names[n:]) {
					got = append(got, p.text)
				}
				if !slices.Equal(got, want) {
					t.Errorf("of %q none of %q matches %q, want %q", entries[first:last], names[n:], got, want)
				}
			}
		}
	}
}
