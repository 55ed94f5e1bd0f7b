package dev.slipway.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.store.Store;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepPlacesTest {
  private static final String PLACE = "Dockerfile:3";
  private static final StepKey AS_ROOT = StepKey.builder("run").field("user", "root").build();
  private static final StepKey AS_APP = StepKey.builder("run").field("user", "app").build();

  @TempDir Path temp;
  private Store store;
  private StepPlaces places;

  @BeforeEach
  void open() {
    store = Store.open(temp, InstantSource.system());
    places = new BuildCache(store.facts()).places();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aMissIsExplainedByTheStepThatWasAtItsPlace() {
    places.record(PLACE, AS_ROOT);
    assertThat(places.explain(PLACE, AS_APP))
        .containsExactly(new KeyDifference("user", "root", "app"));
  }

  @Test
  void theLastStepAtAPlaceCounts() {
    places.record(PLACE, AS_ROOT);
    places.record(PLACE, AS_APP);
    assertThat(places.explain(PLACE, AS_APP)).isEmpty();
  }

  @Test
  void nothingIsSaidOfAPlaceWhereNothingStood() {
    places.record(PLACE, AS_ROOT);
    assertThat(places.explain("Dockerfile:4", AS_APP)).isEmpty();
  }

  @Test
  void aStepThatIsTheSameHasNoDifference() {
    places.record(PLACE, AS_ROOT);
    assertThat(places.explain(PLACE, AS_ROOT)).isEmpty();
  }

  @Test
  void aDamagedRecordExplainsNothing() {
    places.record(PLACE, AS_ROOT);
    String key = StepKey.builder("place").field("place", PLACE).build().key().hex();
    byte[] whole = store.facts().find("place", key).orElseThrow();
    store.facts().put("place", key, Arrays.copyOf(whole, whole.length - 1));
    assertThat(places.explain(PLACE, AS_APP)).isEmpty();
  }
}
