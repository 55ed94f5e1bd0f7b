package dev.slipway.it;

import dev.slipway.it.StepOrder.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Tests that share a process which runs their steps. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StepsTests {
  final Steps.Who who;
  Steps steps;

  StepsTests(Steps.Who who) {
    this.who = who;
  }

  @BeforeAll
  void start() {
    steps = Steps.as(who, who.driver()).assumeWorking();
  }

  @AfterAll
  void stop() {
    if (steps != null) {
      steps.close();
    }
  }

  Outcome shell(String command) {
    return steps.run(StepOrder.shell(command));
  }
}
