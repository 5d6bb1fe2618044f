variable "client" {
  description = "The start of all names."
  type        = string
}

variable "kafka_bootstrap_servers" {
  description = "The brokers that keep the schema histories, as the workers reach them."
  type        = string
}

variable "databases" {
  description = "The databases by an ID of each, which its connector's name and topics carry. tables are in the form that the type wants: TABLE for MySQL and MariaDB, SCHEMA.TABLE for PostgreSQL."
  type = map(object({
    type     = string
    host     = string
    port     = number
    user     = string
    database = string
    tables   = set(string)
    state    = optional(string, "running")
    config   = optional(map(string))
  }))

  validation {
    condition     = alltrue([for d in var.databases : contains(["mysql", "mariadb", "postgres"], d.type)])
    error_message = "The type of a database is mysql, mariadb or postgres."
  }
}

variable "passwords" {
  description = "The password of each database's user, by the database's ID."
  type        = map(string)
  sensitive   = true
  ephemeral   = true
}

variable "passwords_version" {
  description = "Another number sends the passwords again."
  type        = number
  default     = 1
}
