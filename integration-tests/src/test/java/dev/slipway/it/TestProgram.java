package dev.slipway.it;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs test classes in a process of its own; ends with 1 where one failed. */
final class TestProgram {
  private TestProgram() {}

  public static void main(String[] classes) {
    LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
    for (String each : classes) {
      request.selectors(selectClass(each));
    }
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request.build(), summary);
    summary.getSummary().printFailuresTo(new PrintWriter(System.out, true), 30);
    boolean failed =
        summary.getSummary().getTotalFailureCount() > 0
            || summary.getSummary().getTestsSucceededCount() == 0;
    System.exit(failed ? 1 : 0);
  }
}
