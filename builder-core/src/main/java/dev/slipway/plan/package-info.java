/**
 * What is to be built: stages in the order of their dependencies, each a base and a list of steps
 * with every variable already replaced. It comes from a Dockerfile or is made in Java; execution
 * and assembly read it. It does not know how a step is carried out or where files are.
 */
@NullMarked
package dev.slipway.plan;

import org.jspecify.annotations.NullMarked;
