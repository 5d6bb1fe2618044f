package database

import "testing"

// TestPatterns: an entry is matched as Java's Pattern with CASE_INSENSITIVE
// does, against the whole name.
func TestPatterns(t *testing.T) {
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
		p := compile(c.entry)
		if p == nil {
			t.Errorf("%q isn't followed", c.entry)
			continue
		}
		if got, ok := p.matches(c.name); !ok || got != c.want {
			t.Errorf("%q matches %q: %v, %v; want %v", c.entry, c.name, got, ok, c.want)
		}
	}
}

// TestPatternsNotFollowed: what regexp2 would read otherwise than Java.
func TestPatternsNotFollowed(t *testing.T) {
	for _, entry := range []string{"public.[a-z&&[^t]]", "public.[a[b]]", "(?x) public . t", "(?ix)a", "a(", "*"} {
		if compile(entry) != nil {
			t.Errorf("%q is followed", entry)
		}
	}
}

// TestPatternsThatTakeTooLong: such an entry counts as one that can't be told.
func TestPatternsThatTakeTooLong(t *testing.T) {
	p := compile("(a+)+(a+)+(a+)+(a+)+b")
	if p == nil {
		t.Fatal("isn't followed")
	}
	if matched, ok := p.matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac"); matched || ok {
		t.Errorf("matched %v, ok %v", matched, ok)
	}
}
