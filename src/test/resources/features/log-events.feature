Feature: Log every significant event
  Whatever the core API reports is kept as one document with a typed field for every member,
  so that operators can search, count and compare it.

  Scenario Outline: An authentication attempt is logged, whether it succeeds or not
    When the core API reports
      """
      {"type": "AUTH", "timestamp": "2022-08-11T09:30:00.123456789Z", "source": "core-api",
       "userId": "u-1001", "email": "Jane.Doe@example.com", "ipAddress": "2001:DB8::0:7",
       "result": "<result>"}
      """
    Then it is stored and can be read back at once
    And its document holds
      | field         | type       | value                          |
      | @timestamp    | date_nanos | 2022-08-11T09:30:00.123456789Z |
      | event.code    | keyword    | AUTH                           |
      | event.outcome | keyword    | <outcome>                      |
      | event.failed  | byte       | <failed>                       |
      | user.id       | keyword    | u-1001                         |
      | user.email    | keyword    | Jane.Doe@example.com           |
      | source.ip     | ip         | 2001:db8::7                    |
      | service.name  | keyword    | core-api                       |
      | log.level     | keyword    | <level>                        |

    Examples:
      | result  | outcome | failed | level |
      | SUCCESS | success | 0      | info  |
      | FAIL    | failure | 1      | warn  |

  Scenario: A critical error is logged with its whole stack trace
    When the core API reports
      """
      {"type": "ERROR", "timestamp": "2022-08-11 10:00:00", "errorCode": "PAY-503",
       "errorMessage": "The payment provider does not answer",
       "stackTrace": "java.net.ConnectException: refused\n\tat com.astrobookings.Pay.charge(Pay.java:42)"}
      """
    Then it is stored and can be read back at once
    And its document holds
      | field              | type       | value                                                                              |
      | @timestamp         | date_nanos | 2022-08-11T10:00:00Z                                                               |
      | event.code         | keyword    | ERROR                                                                              |
      | error.code         | keyword    | PAY-503                                                                            |
      | error.grouping_key | keyword    | 5a8c6b941f0b9f257426f00b25e76510                                                   |
      | error.message      | text       | The payment provider does not answer                                               |
      | error.stack_trace  | text       | java.net.ConnectException: refused\n\tat com.astrobookings.Pay.charge(Pay.java:42) |
      | error.type         | keyword    | java.net.ConnectException                                                          |
      | log.level          | keyword    | error                                                                              |

  Scenario: A data reconciliation is logged with its figures
    When the core API reports
      """
      {"type": "RECONCILE", "timestamp": "2022-08-12T03:00:00+02:00", "process": "CustomerDB",
       "recordsProcessed": 150000, "discrepanciesFound": 12, "timeTakenSeconds": 93.25}
      """
    Then it is stored and can be read back at once
    And its document holds
      | field                         | type       | value                |
      | @timestamp                    | date_nanos | 2022-08-12T01:00:00Z |
      | event.code                    | keyword    | RECONCILE            |
      | reconcile.process             | keyword    | CustomerDB           |
      | reconcile.records_processed   | long       | 150000               |
      | reconcile.discrepancies_found | long       | 12                   |
      | reconcile.duration_seconds    | double     | 93.25                |
      | event.duration                | long       | 93250000000          |

  Scenario Outline: A notification job is logged, whether it succeeds or not
    When the core API reports
      """
      {"type": "NOTIFY", "timestamp": "2022-08-12T08:15:00Z", "jobId": "job-77",
       "notificationType": "BOOKING_CONFIRMATION", "recipient": "jane.doe@example.com",
       "status": "<status>"}
      """
    Then it is stored and can be read back at once
    And its document holds
      | field                  | type       | value                |
      | @timestamp             | date_nanos | 2022-08-12T08:15:00Z |
      | event.code             | keyword    | NOTIFY               |
      | event.outcome          | keyword    | <outcome>            |
      | notification.job_id    | keyword    | job-77               |
      | notification.type      | keyword    | BOOKING_CONFIRMATION |
      | notification.recipient | keyword    | jane.doe@example.com |

    Examples:
      | status  | outcome |
      | SUCCESS | success |
      | FAIL    | failure |

  Scenario: An event that Elasticsearch cannot take now is kept and stored later
    Given Elasticsearch takes no events of March 2017
    When the core API reports while Elasticsearch takes none
      """
      {"type": "ERROR", "id": "kept-1", "timestamp": "2017-03-01T10:00:00Z",
       "errorCode": "PAY-503", "errorMessage": "The payment provider does not answer"}
      """
    Then it is kept on the disk of the service
    And a list of logs says that events wait
    When Elasticsearch takes events of March 2017 again
    Then the event "kept-1" is stored without help
