package database

import "testing"

func parse(t *testing.T, lines ...string) grants {
	t.Helper()
	var all grants
	for _, line := range lines {
		g, ok := parseGrant(line)
		if !ok {
			t.Fatalf("not read: %s", line)
		}
		all = append(all, g)
	}
	return all
}

func TestGrants(t *testing.T) {
	g := parse(t,
		"GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO `debezium`@`%` IDENTIFIED BY PASSWORD '*00' WITH GRANT OPTION",
		"GRANT SELECT (`id`, `name, or not`), INSERT ON `shop`.`orders` TO `debezium`@`%`",
		"GRANT SELECT ON `inv\\_2%`.* TO `debezium`@`%`",
		"GRANT ALL PRIVILEGES ON `a``b`.* TO `debezium`@`%`",
		"GRANT SELECT ON `k_rbe`.* TO `debezium`@`%`",
		"GRANT SELECT ON `bär`.* TO `debezium`@`%`",
	)
	for _, c := range []struct {
		what string
		got  bool
		want bool
	}{
		{"replication slave", g.everywhere("REPLICATION SLAVE"), true},
		{"reload", g.everywhere("RELOAD"), false},
		{"select everywhere", g.everywhere("SELECT"), false},
		{"a column", g.on("shop", "orders", "SELECT"), true},
		{"another table", g.on("shop", "lines", "SELECT"), false},
		{"wildcards", g.on("inv_2024", "t", "SELECT"), true},
		{"an escaped wildcard", g.on("invX2024", "t", "SELECT"), false},
		{"a wildcard for a letter of two bytes", g.on("körbe", "t", "SELECT"), true},
		{"another letter of two bytes", g.on("bör", "t", "SELECT"), false},
		{"all, of a name with a quote", g.on("a`b", "t", "SELECT"), true},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v", c.what, c.got)
		}
	}
}

// TestPartialRevokes: MySQL 8 can take a database out of what is granted on all.
func TestPartialRevokes(t *testing.T) {
	g := parse(t, "GRANT SELECT ON *.* TO `d`@`%`", "REVOKE SELECT ON `secret`.* FROM `d`@`%`")
	if !g.on("shop", "t", "SELECT") || g.on("secret", "t", "SELECT") || !g.everywhere("SELECT") {
		t.Errorf("%+v", g)
	}
}

func TestOtherGrants(t *testing.T) {
	for _, line := range []string{
		"GRANT `role`@`%` TO `d`@`%`", "GRANT EXECUTE ON PROCEDURE `a`.`b` TO `d`@`%`", "GRANT PROXY ON ''@'' TO 'root'@'localhost'",
		"SET DEFAULT ROLE `rr` FOR `probe`@`%`",
	} {
		if g, ok := parseGrant(line); ok {
			t.Errorf("%s is read as %+v", line, g)
		}
	}
}

// TestMayHold: what lets a snapshot hold tables still. FLUSH_TABLES is of MySQL
// 8.0.23, newer than the server that the tests on real ones have.
func TestMayHold(t *testing.T) {
	for line, want := range map[string]bool{
		"GRANT RELOAD ON *.* TO `d`@`%`":                    true,
		"GRANT ALL PRIVILEGES ON *.* TO `d`@`%`":            true,
		"GRANT FLUSH_TABLES, LOCK TABLES ON *.* TO `d`@`%`": true,
		"GRANT FLUSH_TABLES ON *.* TO `d`@`%`":              false,
		"GRANT LOCK TABLES ON *.* TO `d`@`%`":               false,
		"GRANT RELOAD ON `shop`.* TO `d`@`%`":               false,
	} {
		v := &binlogView{binlogFacts: &binlogFacts{grants: parse(t, line)}}
		if got := v.mayHold(); got != want {
			t.Errorf("%s: %v", line, got)
		}
	}
}

func TestAccount(t *testing.T) {
	for user, want := range map[string]string{"d@%": "'d'@'%'", "a@b@10.0.0.%": "'a@b'@'10.0.0.%'", "o'k@%": "'o''k'@'%'", "@localhost": "''@'localhost'"} {
		if got := account(user); got != want {
			t.Errorf("%s: %s, want %s", user, got, want)
		}
	}
}
