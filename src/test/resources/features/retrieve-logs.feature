Feature: Retrieve logs
  Operators ask for a period or for a type of event and get everything that matches,
  in the order in which it happened.

  Background:
    Given no event of August 2022 is stored

  Scenario: Everything between two points in time, both included, in chronological order
    Given the core API has reported errors, in this order of arrival
      | id        | timestamp                      |
      | inside-3  | 2022-08-12T12:00:00Z           |
      | late      | 2022-08-13T00:00:00Z           |
      | inside-1  | 2022-08-11T00:00:00.000000001Z |
      | last      | 2022-08-12T23:59:59.999999999Z |
      | first     | 2022-08-11T00:00:00Z           |
      | same-b    | 2022-08-11T17:45:00.5Z         |
      | early     | 2022-08-10T23:59:59.999999999Z |
      | same-c    | 2022-08-11T19:45:00.5+02:00    |
      | inside-2  | 2022-08-11T08:00:00Z           |
      | same-a    | 2022-08-11 17:45:00.500        |
    When an operator asks for the logs from "2022-08-11 00:00:00" to "2022-08-12 23:59:59"
    Then the answer lists in this order
      | first | inside-1 | inside-2 | same-a | same-b | same-c | inside-3 | last |

  Scenario: A period longer than a page is complete, page after page
    Given the core API has reported 250 errors within one second of 2022-08-11
    When an operator asks for the logs from "2022-08-11" to "2022-08-11" in pages of 40
    Then the pages together list each of them once, in chronological order

  Scenario: All authentication attempts and nothing else
    Given the core API has reported one event of each type and a failed attempt
    When an operator asks for the logs of type "AUTH"
    Then only authentication attempts are listed, 1 that succeeded and 1 that failed
