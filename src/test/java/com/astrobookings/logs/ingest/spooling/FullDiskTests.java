package com.astrobookings.logs.ingest.spooling;

import static com.astrobookings.logs.ingest.spooling.Spooling.AUGUST;
import static com.astrobookings.logs.ingest.spooling.Spooling.JULY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Spooled;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import com.astrobookings.logs.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A spool on a disk that is full: a small file system in memory, which root can mount. */
class FullDiskTests {

  private static final int DISK_MEGABYTES = 20;

  @TempDir Path temp;
  private Optional<SmallDisk> disk = Optional.empty();
  private Spooling spooling;

  @BeforeEach
  void mount() throws Exception {
    disk = SmallDisk.mount(temp.resolve("disk"), DISK_MEGABYTES);
    assumeTrue(disk.isPresent(), "a file system can be mounted only by root");
    spooling = new Spooling(folder());
  }

  private Path folder() {
    return disk.orElseThrow().folder().resolve("spool");
  }

  @AfterEach
  void unmount() {
    if (spooling != null) {
      spooling.close();
    }
    disk.ifPresent(SmallDisk::close);
  }

  @Test
  void refusesBeforeTheDiskIsFullAndIsEmptiedWithoutHelp() {
    spooling.store.goDown("connection refused");
    List<WriteOutcome> outcomes = fill();

    assertThat(outcomes.getLast())
        .isInstanceOfSatisfying(
            Unavailable.class,
            refused ->
                assertThat(refused.reason())
                    .startsWith("the disk of the spool has less free space than"));
    spooling.store.comeBack();
    spooling.drain();

    assertThat((long) spooling.store.events().size())
        .isEqualTo(outcomes.stream().filter(Spooled.class::isInstance).count());
    assertThat(spooling.write(spooling.events.next(AUGUST))).containsExactly(new Stored());
  }

  @Test
  void isDrainedAlsoWhileOthersHaveFilledTheDiskSoThatNothingCanBeDeleted() throws IOException {
    spooling.store.goDown("connection refused");
    assertThat(spooling.write(spooling.some(JULY, 2_000))).containsOnly(new Spooled());
    disk.orElseThrow().fill();
    assertThat(spooling.write(spooling.events.next(JULY)).getFirst())
        .isInstanceOf(Unavailable.class);

    spooling.store.comeBack();
    spooling.drain();
    assertThat(spooling.store.events()).hasSize(2_000);

    disk.orElseThrow().free();
    spooling.drainer.stop();
    spooling.store.goDown("connection refused");
    assertThat(spooling.write(spooling.some(AUGUST, 2))).containsOnly(new Spooled());
    assertThat(spooling.spool.state().total()).isEqualTo(2);
    spooling.spool.close();
    spooling = new Spooling(folder());
    assertThat(spooling.spool.state().total()).isEqualTo(2);
  }

  private List<WriteOutcome> fill() {
    List<WriteOutcome> outcomes = new ArrayList<>();
    do {
      outcomes.addAll(spooling.write(spooling.some(JULY, 200)));
    } while (outcomes.getLast() instanceof Spooled);
    return outcomes;
  }
}
