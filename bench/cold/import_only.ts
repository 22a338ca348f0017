import "retroprop";
