package catalog

import "testing"

func TestVersionsInOrder(t *testing.T) {
	ordered := []string{
		"1.9.8.Final", "1.9", "2.0.0.Alpha1", "2.0.0.Beta2", "2.0.0.CR1", "2.0.0.Final", "2.0.1.Final",
		"2.0", "2.7.4.Final", "2.7", "3.0.0.Final", "3.7.0.Alpha2",
	}
	for i, a := range ordered {
		for j, b := range ordered {
			if got, want := since(a).Compare(since(b)), compareInts(i, j); got != want {
				t.Errorf("%s compared with %s is %d, want %d", a, b, got, want)
			}
		}
	}
}

func TestNoQualifierMeansFinal(t *testing.T) {
	if since("3.5.0").Compare(since("3.5.0.Final")) != 0 {
		t.Error("3.5.0 isn't 3.5.0.Final")
	}
	if KindByName("mysql").Definition("binlog.net.read.timeout", since("3.5.0")) == nil {
		t.Error("3.5.0 lacks what 3.5.0.Final has")
	}
}

func compareInts(i, j int) int {
	switch {
	case i < j:
		return -1
	case i > j:
		return 1
	}
	return 0
}

func TestParseVersion(t *testing.T) {
	for _, text := range []string{"2.7", "2.7.4", "2.7.4.Final", "3.7.0.Alpha2"} {
		v, err := ParseVersion(text)
		if err != nil || v.String() != text {
			t.Errorf("%q reads as %q, %v", text, v, err)
		}
	}
	if v, err := ParseVersion("3.7.0-SNAPSHOT"); err != nil || v.String() != "3.7.0.SNAPSHOT" {
		t.Errorf("a snapshot reads as %q, %v", v, err)
	}
	for _, text := range []string{"", "3", "x.y", "3.x", "3.5.x.Final", "-1.0", "latest"} {
		if v, err := ParseVersion(text); err == nil {
			t.Errorf("%q reads as %s, want an error", text, v)
		}
	}
}
