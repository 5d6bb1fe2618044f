data "debezium_cluster" "this" {
  lifecycle {
    postcondition {
      condition     = self.healthy
      error_message = "Kafka Connect is not healthy: ${self.message}"
    }
  }
}

output "kafka_connect_version" {
  value = data.debezium_cluster.this.version
}
