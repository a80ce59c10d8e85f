Feature: Follow logs
  Operators watch events as they come in, and miss none when their connection breaks.

  Background:
    Given no event of August 2022 is stored

  Scenario: New errors are shown as they are reported, and none is lost while nobody is connected
    Given the core API has reported errors, in this order of arrival
      | id     | timestamp            |
      | before | 2022-08-12T12:00:00Z |
    And an operator follows the errors of "2022-08-12", beginning with the newest 1
    When the core API reports these errors
      | id    | timestamp            |
      | one   | 2022-08-12T12:00:02Z |
      | two   | 2022-08-12T12:00:01Z |
    Then the operator has seen in this order
      | before | one | two |
    When the operator's connection breaks
    And the core API reports these errors
      | id    | timestamp            |
      | three | 2022-08-12T12:00:03Z |
    And the operator connects again
    Then the operator has seen in this order
      | before | one | two | three |
