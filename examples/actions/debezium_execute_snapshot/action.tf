variable "kafka_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The rows that a table has already, once the connector captures it.
# terraform apply -invoke=action.debezium_execute_snapshot.order_lines
action "debezium_execute_snapshot" "order_lines" {
  config {
    name   = "orders"
    tables = ["public.order_lines"]

    additional_conditions = [{
      table  = "public.order_lines"
      filter = "created_at >= '2026-01-01'"
    }]

    # Kafka as Terraform reaches it.
    bootstrap_servers = ["kafka.internal:9093"]
    tls               = {}
    sasl = {
      mechanism = "SCRAM-SHA-512"
      username  = "terraform"
      password  = var.kafka_password
    }
  }
}
