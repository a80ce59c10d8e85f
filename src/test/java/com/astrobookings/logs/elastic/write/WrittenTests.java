package com.astrobookings.logs.elastic.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Conflict;
import com.astrobookings.logs.store.WriteOutcome.Duplicate;
import com.astrobookings.logs.store.WriteOutcome.Rejected;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import java.util.List;
import org.junit.jupiter.api.Test;

class WrittenTests {

  private final Events events = new Events(7);
  private final StoredEvent ours = events.next();
  private final StoredEvent other = events.otherThan(ours);
  private final StoredEvent later = new StoredEvent(ours.event(), ours.receivedAt().plusSeconds(1));

  @Test
  void theSameContentIsADuplicate() {
    assertThat(Written.compared(ours, later, false).outcome()).isEqualTo(new Duplicate());
    assertThat(Written.compared(ours, later, true).outcome()).isEqualTo(new Duplicate());
    assertThat(Written.compared(ours, ours, false).outcome()).isEqualTo(new Duplicate());
  }

  @Test
  void anEarlierAttemptOfOursIsNoDuplicate() {
    assertThat(Written.compared(ours, ours, true))
        .isEqualTo(new Written(new Stored(), ours.event()));
  }

  @Test
  void otherContentIsAConflict() {
    assertThat(Written.compared(ours, other, true))
        .isEqualTo(new Written(new Conflict(), other.event()));
  }

  @Test
  void laterEventsAreComparedWithWhatIsHeld() {
    for (WriteOutcome first : List.of(new Stored(), new Duplicate())) {
      assertThat(Written.of(first, ours).repeatedBy(later)).isEqualTo(new Duplicate());
      assertThat(Written.of(first, ours).repeatedBy(other)).isEqualTo(new Conflict());
    }
    Written conflict = Written.compared(ours, other, false);
    assertThat(conflict.repeatedBy(other)).isEqualTo(new Duplicate());
    assertThat(conflict.repeatedBy(later)).isEqualTo(new Conflict());
  }

  @Test
  void laterEventsShareTheFateOfTheFirstIfNothingIsKnownToBeHeld() {
    for (WriteOutcome first : List.of(new Unavailable(true, "why"), new Rejected("why"))) {
      assertThat(Written.of(first, ours).repeatedBy(other)).isEqualTo(first);
    }
  }
}
