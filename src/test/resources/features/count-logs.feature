Feature: Count logs
  Operators see how many events there are, when, of what kind, and which errors are the same,
  without reading the events.

  Background:
    Given no event of August 2022 is stored

  Scenario: How many errors there were in each hour of a night, empty hours included
    Given the core API has reported errors, in this order of arrival
      | id    | timestamp                      |
      | late  | 2022-08-12T01:59:59.999999999Z |
      | first | 2022-08-11T23:00:00Z           |
      | next  | 2022-08-12T01:00:00Z           |
    When an operator counts the errors of "2022-08-11T23:00" to "2022-08-12T01:59" by "1h"
    Then the counts of the hours are 1, 0 and 2

  Scenario: The same error is one group, whatever its line numbers, ids and proxies
    Given the core API has reported these stack traces at 2022-08-11
      | source | trace                                                                                                                                             |
      | web    | java.lang.IllegalStateException: Booking 4711 is closed\\n\\tat com.astrobookings.Booking.change(Booking.java:42)                                   |
      | batch  | java.lang.IllegalStateException: Booking 4712 is closed\\n\\tat com.astrobookings.Booking.change(Booking.java:57)                                   |
      | web    | java.lang.IllegalStateException: Booking 7 is closed\\n\\tat com.astrobookings.Booking$$SpringCGLIB$$0.change(<generated>)\\n\\tat com.astrobookings.Booking.change(Booking.java:57) |
      | web    | java.lang.IllegalStateException: Booking 7 is closed\\n\\tat com.astrobookings.Booking.cancel(Booking.java:88)                                      |
    When an operator counts the errors of "2022-08-11" by group
    Then there are 2 groups, of 3 errors and of 1
    And the larger group names the exception "java.lang.IllegalStateException" and the sources "web" and "batch"
