package com.astrobookings.logs.query;

import com.astrobookings.logs.event.StoredEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Everything that can be wrong with the parameters of a read: each is answered with its place and
 * what to do, and never with an event or a failure of the service. What can be wrong with free text
 * is in {@code KqlQueryTests}.
 */
class BadQuestionTests extends ReadingFixture {

  private static final String TIME =
      "is not a time; write 2024-08-12, 2024-08-12 10:15:30, 2024-08-12T10:15:30.5+02:00,"
          + " milliseconds since 1970 (11 to 15 digits), or now, now-15m, now-1d/d";

  @BeforeEach
  void writeWhatMustNotBeShown() {
    write(events.within(NOW, 3).toArray(StoredEvent[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Names
        "page=2                     | page        | is not a parameter here; here it is cursor",
        "Limit=5                    | Limit       | is not a parameter here; did you mean limit?",
        "types=AUTH                 | types       | is not a parameter here; did you mean type?",
        "user=u                     | user        | is not a parameter here; did you mean userId?",
        "user_id=u                  | user_id     | is not a parameter here; did you mean userId?",
        "ip=10.0.0.1                | ip          | is not a parameter here; did you mean ipAddress?",
        "event.code=AUTH            | event.code  | is not a parameter here",
        "label=x                    | label       | is not a parameter here; did you mean label.<key>?",
        "labels.team=x              | labels.team | is not a parameter here",
        "id=a                       | id          | is not a parameter here",
        "timestamp=now              | timestamp   | is not a parameter here",
        "result=FAIL                | result      | is not a parameter here; here it is outcome",
        "status=FAIL                | status      | is not a parameter here; here it is outcome",
        "a[]=1                      | a[]         | is not a parameter here",
        // Repeated
        "from=now&from=now          | from        | is stated 2 times; state it once",
        "to=now&to=now&to=now       | to          | is stated 3 times; state it once",
        "tz=UTC&tz=UTC              | tz          | is stated 2 times; state it once",
        "order=asc&order=asc        | order       | is stated 2 times; state it once",
        "limit=1&limit=1            | limit       | is stated 2 times; state it once",
        "total=none&total=none      | total       | is stated 2 times; state it once",
        "cursor=a&cursor=b          | cursor      | is stated 2 times; state it once",
        "q=a&q=b                    | q           | is stated 2 times; state it once",
        // Empty
        "from=                      | from        | is empty; give it a value or leave it out",
        "from                       | from        | is empty; give it a value or leave it out",
        "to=                        | to          | is empty; give it a value or leave it out",
        "tz=                        | tz          | is empty; give it a value or leave it out",
        "type=                      | type        | is empty; give it a value or leave it out",
        "type=AUTH,                 | type        | is empty; give it a value or leave it out",
        "type=AUTH&type=            | type        | is empty; give it a value or leave it out",
        "order=                     | order       | is empty; give it a value or leave it out",
        "limit=                     | limit       | is empty; give it a value or leave it out",
        "cursor=                    | cursor      | is empty; give it a value or leave it out",
        "userId=                    | userId      | is empty; give it a value or leave it out",
        "q=                         | q           | is empty; give it a value or leave it out",
        // Times
        "from=yesterday             | from        | TIME",
        "from=2024                  | from        | TIME",
        "from=2024-08               | from        | TIME",
        "from=12.08.2024            | from        | TIME",
        "from=2024-08-12T           | from        | TIME",
        "from=2024-08-12T10:15Zx    | from        | TIME",
        "to=1723457730              | to          | TIME",
        "to=-1                      | to          | TIME",
        "to=now-15                  | to          | TIME",
        "to=now-15ms                | to          | TIME",
        "to=now/2d                  | to          | TIME",
        "to=NOW                     | to          | TIME",
        "from=2023-02-29            | from        | names a date, time or offset that does not exist",
        "from=2024-13-01            | from        | names a date, time or offset that does not exist",
        "from=2024-08-12T24:00      | from        | names a date, time or offset that does not exist",
        "from=2024-08-12T10:15:60   | from        | names a date, time or offset that does not exist",
        "from=2024-08-12T10:15+19   | from        | names a date, time or offset that does not exist",
        "from=0000-01-01            | from        | lies outside of the years 1 to 9999",
        "to=now-9999y               | to          | lies outside of the years 1 to 9999",
        "from=now&to=now-1s         | from        | lies after to: in UTC, from is 2024-08-12T10:00:00Z and to is 2024-08-12T09:59:59Z",
        "from=2024-08-13&to=2024-08-12 | from     | lies after to: in UTC, from is 2024-08-13T00:00:00Z and to is 2024-08-12T23:59:59.999999999Z",
        "tz=Europe/Madird           | tz          | is not a time zone; did you mean Europe/Madrid?",
        "tz=Middle Earth            | tz          | is not a time zone; write a name such as Europe/Madrid, UTC, or an offset such as +02:00",
        "tz=-25:00                  | tz          | is not a time zone; write a name such as Europe/Madrid, UTC, or an offset such as +02:00",
        // Words
        "type=auth                  | type        | is not one of AUTH, ERROR, RECONCILE, NOTIFY; did you mean AUTH?",
        "type=LOGIN                 | type        | is not one of AUTH, ERROR, RECONCILE, NOTIFY",
        "type=AUTH ERROR            | type        | is not one of AUTH, ERROR, RECONCILE, NOTIFY",
        "type=*                     | type        | is not one of AUTH, ERROR, RECONCILE, NOTIFY",
        "order=DESC                 | order       | is not one of asc, desc; did you mean desc?",
        "order=asc,desc             | order       | is not one of asc, desc",
        "total=all                  | total       | is not one of bounded, exact, none",
        "total=true                 | total       | is not one of bounded, exact, none",
        "outcome=failure            | outcome     | must be one of SUCCESS, FAIL",
        "outcome=fail               | outcome     | must be one of SUCCESS, FAIL; did you mean FAIL?",
        "outcome=SUCCESS,FAIL       | outcome     | must be one of SUCCESS, FAIL",
        // Numbers
        "limit=0                    | limit       | must be an integer from 1 to 1000",
        "limit=1001                 | limit       | must be an integer from 1 to 1000",
        "limit=-1                   | limit       | must be an integer from 1 to 1000",
        "limit=1.0                  | limit       | must be an integer from 1 to 1000",
        "limit=1e2                  | limit       | must be an integer from 1 to 1000",
        "limit=010                  | limit       | must be an integer from 1 to 1000",
        "limit=99999999999          | limit       | must be an integer from 1 to 1000",
        "limit=ten                  | limit       | must be an integer from 1 to 1000",
        // Filters
        "ipAddress=localhost        | ipAddress   | must be an address such as 192.0.2.7 or a block of them such as 10.0.0.0/8",
        "ipAddress=10.0.0           | ipAddress   | must be an address such as 192.0.2.7 or a block of them such as 10.0.0.0/8",
        "ipAddress=10.0.0.0/33      | ipAddress   | must be an address such as 192.0.2.7 or a block of them such as 10.0.0.0/8",
        "ipAddress=10.0.0.0/08      | ipAddress   | must be an address such as 192.0.2.7 or a block of them such as 10.0.0.0/8",
        "ipAddress=10.0.0.0/        | ipAddress   | must be an address such as 192.0.2.7 or a block of them such as 10.0.0.0/8",
        "ipAddress=2001:db8::/129   | ipAddress   | must be an address such as 192.0.2.7 or a block of them such as 10.0.0.0/8",
        "ipAddress=10.0.0.1,10.0.0.2 | ipAddress  | must be an address such as 192.0.2.7 or a block of them such as 10.0.0.0/8",
        "userId=%20                 | userId      | must not be blank",
        "label.=x                   | label.      | has a key that is not 1 to 64 of a-z 0-9 _ . (lower case only)",
        "label.Team=x               | label.Team  | has a key that is not 1 to 64 of a-z 0-9 _ . (lower case only)",
        "label.a-b=x                | label.a-b   | has a key that is not 1 to 64 of a-z 0-9 _ . (lower case only)",
        "type=ERROR&userId=u        | userId      | selects nothing: only AUTH events have it, and type asks for ERROR",
        "type=ERROR,RECONCILE&outcome=FAIL | outcome | selects nothing: only AUTH, NOTIFY events have it, and type asks for ERROR, RECONCILE",
        "userId=u&errorCode=E       | errorCode   | selects nothing: no event has all that is filtered by",
        "jobId=j&process=p          | jobId       | selects nothing: no event has all that is filtered by",
        // Places
        "cursor=2                   | cursor      | is not a cursor of this service, or not all of it; take it unchanged from next, or leave it out to begin again",
        "q=*x                       | q           | at character 1: a word cannot begin with a wildcard; a field that has any value is name: *",
        "q=userId: u                | q           | at character 1: there is no field userId; in documents it is user.id",
      })
  void isRefusedWithItsPlace(String query, String parameter, String message) {
    client
        .get()
        .uri(
            UriComponentsBuilder.fromUriString(LOGS + "?" + query.replace("%20", " "))
                .build()
                .encode()
                .toUri())
        .exchange()
        .expectStatus()
        .isBadRequest()
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .expectBody()
        .jsonPath("$.type")
        .isEqualTo("urn:astrobookings:logs:problem:invalid-parameter")
        .jsonPath("$.logs")
        .doesNotExist()
        .jsonPath("$.errors.length()")
        .isEqualTo(1)
        .jsonPath("$.errors[0].parameter")
        .isEqualTo(parameter)
        .jsonPath("$.errors[0].message")
        .isEqualTo(message.equals("TIME") ? TIME : message);
  }
}
