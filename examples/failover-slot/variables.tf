# "source .stack/env" sets all of these but name. What has a default can be left out.

variable "name" {
  description = "The connector's name, and the start of its topics."
  type        = string
}

variable "connect_url" {
  description = "A Kafka Connect worker's REST URL."
  type        = string
}

variable "database_hostname" {
  description = "The database's host, as the workers reach it."
  type        = string
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

variable "schema" {
  type    = string
  default = "public"
}
