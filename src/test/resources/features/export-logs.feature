Feature: Export logs
  Operators take everything that matches with them as one file, and see what happened around
  one event.

  Background:
    Given no event of August 2022 is stored

  Scenario: An export is everything that the pages list, and says that it is complete
    Given the core API has reported 250 errors within one second of 2022-08-11
    When an operator exports the logs from "2022-08-11" to "2022-08-11"
    Then the export has the same 250 events in the same order as the pages
    And it announces 250 events and confirms them at its end

  Scenario: A spreadsheet shows what was reported and calculates nothing
    Given the core API has reported an error with the message "=HYPERLINK(1,2)" and a stack trace
    When an operator exports the errors of "2022-08-11" as a table of "errorMessage,stackTrace"
    Then the table has 1 row, with "'=HYPERLINK(1,2)" and the whole stack trace in one cell

  Scenario: What happened around an event
    Given the core API has reported errors, in this order of arrival
      | id     | timestamp            |
      | after  | 2022-08-11T12:00:02Z |
      | before | 2022-08-11T12:00:00Z |
      | later  | 2022-08-11T13:00:00Z |
      | event  | 2022-08-11T12:00:01Z |
    When an operator asks what happened around the event "event", 5 before and 1 after
    Then they see "before", "event" and "after", with the event marked
