package com.astrobookings.logs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.web.Problem;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.web.util.UriComponentsBuilder;

class WriteParametersTests {

  @ParameterizedTest
  @CsvSource({
    "'',                            NONE,    true",
    "refresh=false,                 NONE,    true",
    "refresh=wait_for,              WAIT_FOR, true",
    "verbose=true,                  NONE,    true",
    "verbose=false,                 NONE,    false",
    "verbose=false&refresh=wait_for,WAIT_FOR, false"
  })
  void areReadFromTheQuery(String query, RefreshPolicy refresh, boolean verbose) {
    assertThat(options(query)).isEqualTo(new WriteParameters(refresh, verbose));
  }

  @ParameterizedTest
  @CsvSource({
    "refresh=true,               refresh",
    "refresh=,                   refresh",
    "refresh,                    refresh",
    "refresh=WAIT_FOR,           refresh",
    "refresh=false&refresh=false,refresh",
    "verbose=0,                  verbose",
    "pretty=true,                pretty"
  })
  void refuseAnythingElse(String query, String parameter) {
    Problem problem = problem(query);

    assertThat(problem.type()).isEqualTo(ProblemType.INVALID_PARAMETER);
    assertThat(problem.errors())
        .singleElement()
        .matches(fault -> fault.part() == Problem.Part.PARAMETER)
        .matches(fault -> fault.location().equals(parameter));
  }

  @Test
  void nameEveryFaultAtOnceAndWhatWasMeant() {
    assertThat(problem("refesh=wait_for&verbose=no").errors())
        .extracting(Problem.Fault::message)
        .containsExactly(
            "is not one of true, false", "is not a parameter here; did you mean refresh?");
  }

  @Test
  void areRefusedWithABoundedText() {
    String many =
        IntStream.range(0, 8_000).mapToObj(i -> "refrsh" + i).collect(Collectors.joining("&"));
    assertThat(problem(many).errors()).hasSize(100);
  }

  private static Problem problem(String query) {
    return catchThrowableOfType(ProblemException.class, () -> options(query)).problem();
  }

  private static WriteParameters options(String query) {
    return WriteParameters.of(
        UriComponentsBuilder.newInstance().query(query).build().getQueryParams());
  }
}
