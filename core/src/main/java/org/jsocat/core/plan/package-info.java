/**
 * Finds the plugins and checks a command line against their tables; opens nothing. {@link
 * org.jsocat.core.plan.Planner} is the entrance, {@link org.jsocat.core.plan.Catalog} what it looks
 * into, a {@link org.jsocat.core.plan.Plan} what comes out. Knows no address family by name.
 */
package org.jsocat.core.plan;
