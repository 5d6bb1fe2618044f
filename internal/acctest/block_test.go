package acctest

import "testing"

func TestBlockAsHCL(t *testing.T) {
	got := Block{
		"name": "it's \"it\" ${x}", "max_batch_size": 5, "table_include_list": []string{"a.b"}, "database_password": Expression("var.password"),
		"config": map[string]string{"a.b": "1"}, "timeouts": Block{"create": "5s"},
	}.HCL("debezium_mysql_connector", "c")
	want := `resource "debezium_mysql_connector" "c" {
  config = {
    "a.b" = "1"
  }
  database_password = var.password
  max_batch_size = 5
  name = "it's \"it\" $${x}"
  table_include_list = ["a.b"]
  timeouts = {
    create = "5s"
  }
}
`
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
