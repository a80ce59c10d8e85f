package com.astrobookings.logs.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.web.TestClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpStatus;

@ExtendWith(OutputCaptureExtension.class)
class ReadOutageTests extends ReadingFixture {

  @Autowired private TestClock outageClock;

  @ParameterizedTest
  @ValueSource(strings = {"", "/a-1"})
  void theEndOfAnOutageIsLoggedWithTheFirstReadThatIsAnswered(String path, CapturedOutput output) {
    write(auth());
    endOutagesOfOtherTests();
    int before = lines(output).size();
    store.goDown("the node is away");
    refused(LOGS + path, HttpStatus.SERVICE_UNAVAILABLE, "unavailable");
    store.comeBack();
    outageClock.pass(Duration.ofMinutes(5));
    assertThat(lines(output).subList(before, lines(output).size()))
        .singleElement()
        .asString()
        .contains("Reads are refused");

    get(URI.create(LOGS + path));

    assertThat(lines(output)).hasSize(before + 2);
    assertThat(lines(output).getLast()).contains("Reads are taken again");
  }

  private void endOutagesOfOtherTests() {
    outageClock.pass(Duration.ofMinutes(5));
    get(URI.create(LOGS));
  }

  private static List<String> lines(CapturedOutput output) {
    return output.getAll().lines().filter(line -> line.contains("Reads are")).toList();
  }
}
