"""What learners open and send about their team and their study buddies."""
