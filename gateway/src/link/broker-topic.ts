/** Why nobody may publish on a topic of the broker itself; undefined: it is none. */
export function brokerTopicFault(topic: string): string | undefined {
  // As the broker has it where nothing else is said.
  return topic.startsWith('$SYS/') ? 'a topic of the broker itself' : undefined;
}
