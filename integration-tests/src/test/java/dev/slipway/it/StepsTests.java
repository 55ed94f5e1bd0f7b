package dev.slipway.it;

import dev.slipway.it.StepOrder.Outcome;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** Tests that share a process which runs their steps, for each of those who may build. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StepsTests {
  @Parameter Steps.Who who;
  Steps steps;

  @BeforeParameterizedClassInvocation
  void start() {
    steps = Steps.as(who, who.driver()).assumeWorking();
  }

  @AfterParameterizedClassInvocation
  void stop() {
    if (steps != null) {
      steps.close();
    }
  }

  Outcome shell(String command) {
    return steps.run(StepOrder.shell(command));
  }
}
