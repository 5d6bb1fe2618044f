# "source .stack/env" sets all of these but name. What has a default can be left
# out.

variable "name" {
  description = "The start of the connectors' and the topics' names."
  type        = string
}

variable "connect_url" {
  description = "A Kafka Connect worker's REST URL."
  type        = string
}

variable "kafka_bootstrap_servers" {
  description = "The brokers, as the workers reach them."
  type        = string
}

variable "database_hostname" {
  description = "The host of both databases, as the workers reach it."
  type        = string
}

variable "mysql_port" {
  type = number
}

variable "postgres_port" {
  type = number
}

variable "database_user" {
  type = string
}

variable "database_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "source_database" {
  description = "The database in MySQL that holds the table."
  type        = string
  default     = "inventory"
}

variable "database_name" {
  description = "The database in PostgreSQL."
  type        = string
}

variable "sink_schema" {
  description = "Its schema, in which the table is made. It must exist, and the user must be allowed to create tables in it."
  type        = string
  default     = "public"
}
