package dev.slipway.execute;

import dev.slipway.progress.Cancellation;
import java.util.concurrent.Executor;

/**
 * The course of a build: on which threads it goes on, who hears of it, and what ends it.
 *
 * @param executor has a thread for whatever is given to it, for what runs on one waits for others
 */
public record BuildCourse(Executor executor, Tasks tasks, Cancellation cancellation) {}
