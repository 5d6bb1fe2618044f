package cluster

import "testing"

func TestNearestClass(t *testing.T) {
	classes := []string{"org.acme.AvroConverter", "org.apache.kafka.connect.json.JsonConverter"}
	for name, want := range map[string]string{
		"io.confluent.connect.avro.AvroConverter":   "org.acme.AvroConverter",
		"org.apache.kafka.connect.json.JsonConvert": "org.apache.kafka.connect.json.JsonConverter",
		"JsonConvertor":                 "org.apache.kafka.connect.json.JsonConverter",
		"com.example.ProtobufConverter": "",
		"":                              "",
	} {
		if got := NearestClass(name, classes); got != want {
			t.Errorf("NearestClass(%q) = %q, want %q", name, got, want)
		}
	}
}
