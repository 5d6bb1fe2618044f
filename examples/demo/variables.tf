# "source .stack/env" sets all of these but run.

variable "run" {
  description = "The start of all names, another one for each run."
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

variable "database_name" {
  type = string
}

variable "database_user" {
  type = string
}

variable "database_password" {
  type      = string
  sensitive = true
  ephemeral = true
}
